using CallCenter.Core.Calls;
using CallCenter.Core.Files;
using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Infrastructure.Calls.Import;

/// <summary>The columns of a file in the names of a UCM's rows. Pure.</summary>
internal sealed class CallFileColumns
{
    private static readonly string[] Master =
    [
        "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata", "start", "answer", "end", "duration",
        "billsec", "disposition", "amaflags", "uniqueid", "userfield",
    ];

    // Without the unique id and the user field, which its settings may leave out.
    private const int FewestOfMaster = 16;
    private const int StartOfMaster = 9;

    // How exports head the same columns, letters and digits only.
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["acctid"] = "AcctId",
        ["accountcode"] = "accountcode",
        ["src"] = "src",
        ["source"] = "src",
        ["caller"] = "src",
        ["callernumber"] = "src",
        ["callfrom"] = "src",
        ["dst"] = "dst",
        ["destination"] = "dst",
        ["callee"] = "dst",
        ["calleenumber"] = "dst",
        ["callto"] = "dst",
        ["dcontext"] = "dcontext",
        ["destinationcontext"] = "dcontext",
        ["clid"] = "clid",
        ["callerid"] = "clid",
        ["channel"] = "channel",
        ["sourcechannel"] = "channel",
        ["dstchannel"] = "dstchannel",
        ["destinationchannel"] = "dstchannel",
        ["lastapp"] = "lastapp",
        ["lastdata"] = "lastdata",
        ["start"] = "start",
        ["starttime"] = "start",
        ["calldate"] = "start",
        ["answer"] = "answer",
        ["answertime"] = "answer",
        ["end"] = "end",
        ["endtime"] = "end",
        ["duration"] = "duration",
        ["calltime"] = "duration",
        ["billsec"] = "billsec",
        ["talktime"] = "billsec",
        ["disposition"] = "disposition",
        ["status"] = "disposition",
        ["callstatus"] = "disposition",
        ["amaflags"] = "amaflags",
        ["uniqueid"] = "uniqueid",
        ["userfield"] = "userfield",
        ["calltype"] = "userfield",
        ["channelext"] = "channel_ext",
        ["dstchannelext"] = "dstchannel_ext",
        ["service"] = "service",
        ["callername"] = "caller_name",
        ["recordfiles"] = "recordfiles",
        ["recordingfiles"] = "recordfiles",
        ["dstanswer"] = "dstanswer",
        ["answerby"] = "dstanswer",
        ["answeredby"] = "dstanswer",
        ["session"] = "session",
        ["actionowner"] = "action_owner",
        ["actiontype"] = "action_type",
        ["srctrunkname"] = "src_trunk_name",
        ["sourcetrunkname"] = "src_trunk_name",
        ["sourcetrunk"] = "src_trunk_name",
        ["dsttrunkname"] = "dst_trunk_name",
        ["desttrunkname"] = "dst_trunk_name",
        ["destinationtrunkname"] = "dst_trunk_name",
        ["destinationtrunk"] = "dst_trunk_name",
    };

    private readonly string[] _names;

    private CallFileColumns(CallImportFormat format, char separator, string[] names, int fewest)
    {
        Format = format;
        Separator = separator;
        _names = names;
        Fewest = fewest;
    }

    public CallImportFormat Format { get; }

    public char Separator { get; }

    /// <summary>Values that a line must have.</summary>
    public int Fewest { get; }

    /// <summary>What the first line says about the file; null when it is neither a header nor a row of <c>Master.csv</c>.</summary>
    public static CallFileColumns? Recognise(string firstLine)
    {
        foreach (var separator in new[] { ',', ';', '\t' })
        {
            if (CsvLine.Split(firstLine.TrimStart('\uFEFF'), separator) is not { } values)
            {
                continue;
            }

            string[] names = [.. values.Select(value => Names.GetValueOrDefault(string.Concat(value.Where(char.IsAsciiLetterOrDigit)), ""))];
            if (names.Contains("start") && (names.Contains("src") || names.Contains("dst")))
            {
                // A column that comes twice counts where it comes first.
                for (var i = 0; i < names.Length; i++)
                {
                    names[i] = Array.IndexOf(names, names[i]) < i ? "" : names[i];
                }

                return new CallFileColumns(CallImportFormat.UcmExport, separator, names, Array.IndexOf(names, "start") + 1);
            }

            if (separator == ',' && values.Count >= FewestOfMaster && values.Count <= Master.Length
                && UcmWallTime.Read(values[StartOfMaster]) is not (null, null))
            {
                return new CallFileColumns(CallImportFormat.AsteriskMaster, separator, Master, FewestOfMaster);
            }
        }

        return null;
    }

    public Dictionary<string, string> FieldsOf(IReadOnlyList<string> values)
    {
        var fields = new Dictionary<string, string>(values.Count + 6, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Math.Min(values.Count, _names.Length); i++)
        {
            if (_names[i].Length > 0)
            {
                fields[_names[i]] = values[i].Trim();
            }
        }

        if (Format == CallImportFormat.AsteriskMaster)
        {
            AsteriskDevices.Add(fields);
        }

        return fields;
    }
}
