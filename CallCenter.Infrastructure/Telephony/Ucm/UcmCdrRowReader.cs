using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>One leg object to a row. Pure.</summary>
internal static class UcmCdrRowReader
{
    private const int EpochDigits = 10;
    private const int LongestId = 64;
    private const int LongestAccountId = 32;
    private const int ShortestNumber = 5;
    private const int LongestSession = 80;
    private static readonly TimeSpan LongestLeg = TimeSpan.FromDays(7);

    /// <summary>Whether an object carries a leg's own fields; a group's root does not.</summary>
    public static bool LooksLikeLeg(JsonElement item) => item.Text("uniqueid").Length > 0 && item.Text("start").Length > 0;

    /// <summary>Null when nothing says when the leg began, or which call it is part of.</summary>
    public static UcmCdrRow? Read(JsonElement leg, int item) => Read(Fields(leg), leg.GetRawText(), item);

    /// <summary>A row from columns that go by the UCM's names.</summary>
    /// <param name="fields">Values by name, in any case.</param>
    /// <param name="raw">The row as received.</param>
    /// <param name="item">Number of the root item or line it came in.</param>
    public static UcmCdrRow? Read(Dictionary<string, string> fields, string raw, int item)
    {
        string Text(string name) => fields.GetValueOrDefault(name, "");

        var givenId = Cut(Text("uniqueid"), LongestId);
        var session = Cut(Text("session"), LongestSession);
        var epoch = EpochOfUniqueId(givenId) ?? EpochOfSession(session);
        var (startLocal, startUtc) = UcmWallTime.Read(Text("start"), epoch);
        if (startLocal is null && startUtc is null && epoch is null)
        {
            return null;
        }

        var application = Text("lastapp");
        var (action, target) = UcmWords.Action(Text("action_type"), application, Text("dcontext"));
        var billable = Seconds(Text("billsec"));
        var disposition = UcmWords.Disposition(Text("disposition"), billable);
        var accountId = AccountIdOf(fields);
        var answeredBy = Text("dstanswer");
        var reached = ReachedDevice(fields, disposition, action);
        var (answerLocal, _) = UcmWallTime.Read(Text("answer"), epoch);
        var (endLocal, _) = UcmWallTime.Read(Text("end"), epoch);
        return new UcmCdrRow
        {
            Item = item,
            AccountId = accountId,

            // Without a unique id the session tells calls apart; without either every leg is a call of its own.
            UniqueId = givenId.Length > 0 ? givenId : Cut(session.Length > 0 ? IdOf(session) : $"{accountId}@{Text("start")}", LongestId),
            Session = session,
            Epoch = epoch,
            StartLocal = startLocal,
            StartUtc = startUtc,
            AnswerLocal = answerLocal,
            EndLocal = endLocal,
            DurationSeconds = Seconds(Text("duration")),
            BillableSeconds = billable,
            Disposition = disposition,
            Direction = DirectionOf(fields),
            Action = action,
            ActionTarget = target,
            Source = Text("src"),
            Destination = Text("dst"),
            CallerName = CallerName(Text("caller_name"), Text("clid"), Text("src")),
            AnsweredBy = answeredBy,
            SourceDevice = Text("channel_ext"),
            DestinationDevice = Text("dstchannel_ext"),
            ReachedDevice = reached,
            LastApplication = application,
            LastData = Text("lastdata"),
            SourceTrunk = Text("src_trunk_name"),
            DestinationTrunk = Text("dst_trunk_name"),
            RecordingFiles = Text("recordfiles").Split('@', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Raw = raw,
        };
    }

    /// <summary>What never changes about a row, beside its key.</summary>
    internal static string IdentityOf(UcmCdrRow row) => string.Join(
        '\n', row.Source, row.Destination, row.SourceDevice, row.DestinationDevice, row.LastApplication, row.Action, row.ActionTarget);

    internal static string Fingerprint(string identity) =>
        "x" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];

    /// <summary>UTC seconds of <c>epoch.seq</c>, with or without a system name in front.</summary>
    internal static long? EpochOfUniqueId(string id)
    {
        var digits = 0;
        for (var i = 0; i < id.Length; i++)
        {
            if (id[i] == '.' && digits == EpochDigits)
            {
                return Epoch(id.AsSpan(i - EpochDigits, EpochDigits));
            }

            digits = char.IsAsciiDigit(id[i]) ? digits + 1 : 0;
        }

        return null;
    }

    /// <summary>The first ten digits; the microseconds behind them are not padded, so the whole is no number.</summary>
    internal static long? EpochOfSession(string session) => session.Length < EpochDigits ? null : Epoch(session.AsSpan(0, EpochDigits));

    // A session goes on with the caller's number, which must not live on in a key: erasing a number leaves keys as they are.
    private static string IdOf(string session)
    {
        if (EpochOfSession(session) is not null)
        {
            var end = session.AsSpan().IndexOfAnyExceptInRange('0', '9');
            return end < 0 ? session : session[..end];
        }

        return session.Count(char.IsDigit) >= ShortestNumber ? Fingerprint(session) : session;
    }

    private static long? Epoch(ReadOnlySpan<char> digits) =>
        digits[0] != '0' && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : null;

    private static Dictionary<string, string> Fields(JsonElement leg)
    {
        var fields = new Dictionary<string, string>(48, StringComparer.OrdinalIgnoreCase);
        foreach (var property in leg.EnumerateObject())
        {
            if (property.TryName(out var name))
            {
                // A null column is there all the same, which matters for dstchannel.
                fields[name] = property.Value.ValueKind == JsonValueKind.Array
                    ? string.Join('@', property.Value.EnumerateArray().Select(v => v.AsText()))
                    : property.Value.AsText();
            }
        }

        return fields;
    }

    // The counter, unless the firmware leaves it out: then a fingerprint of what never changes about the row, because the
    // phones of one group share unique id and start.
    private static string AccountIdOf(Dictionary<string, string> fields)
    {
        var given = fields.GetValueOrDefault("AcctId", "").TrimStart('0');
        if (given.Length is > 0 and <= LongestAccountId)
        {
            return given;
        }

        var identity = string.Join('\n', new[] { "src", "dst", "channel", "dstchannel", "dstchannel_ext", "start", "lastapp", "action_type" }
            .Select(name => fields.GetValueOrDefault(name, "")));
        return Fingerprint(given + identity);
    }

    private static bool ReachedDevice(Dictionary<string, string> fields, LegDisposition disposition, LegAction action)
    {
        if (fields.TryGetValue("dstchannel", out var channel))
        {
            return channel.Length > 0;
        }

        // Firmware without the column: a mailbox fills dstchannel_ext as well, so voicemail says nothing.
        return action != LegAction.Voicemail
            && (fields.GetValueOrDefault("dstchannel_ext", "").Length > 0
                || (disposition == LegDisposition.Answered && fields.GetValueOrDefault("dstanswer", "").Length > 0));
    }

    private static CallDirection DirectionOf(Dictionary<string, string> fields)
    {
        if (UcmWords.Direction(fields.GetValueOrDefault("userfield", "")) is { } direction)
        {
            return direction;
        }

        var from = HasTrunk(fields, "src_trunk_name", "channel_ext");
        var to = HasTrunk(fields, "dst_trunk_name", "dstchannel_ext");
        return (from, to) switch
        {
            (true, true) => CallDirection.External,
            (true, false) => CallDirection.Inbound,
            (false, true) => CallDirection.Outbound,
            _ => CallDirection.Internal,
        };
    }

    private static bool HasTrunk(Dictionary<string, string> fields, string name, string device) =>
        fields.GetValueOrDefault(name, "").Length > 0
        || fields.GetValueOrDefault(device, "").StartsWith("trunk_", StringComparison.OrdinalIgnoreCase);

    private static string CallerName(string name, string clid, string source)
    {
        if (name.Length == 0 && clid.IndexOf('<') is var bracket and > 0)
        {
            name = clid[..bracket].Trim(' ', '"');
        }

        return name == source ? "" : name;
    }

    /// <summary>"70", 70, "70.4" or "00:01:10"; null when it is none of them, 0 when negative.</summary>
    private static int? Seconds(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && !double.IsNaN(seconds))
        {
            return (int)Math.Clamp(seconds, 0, LongestLeg.TotalSeconds);
        }

        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time < LongestLeg
            ? (int)Math.Max(0, time.TotalSeconds)
            : null;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
