using System.Globalization;
using CallCenter.Simulators.Calls;

namespace CallCenter.Simulators.Ucm.Cdr;

/// <summary>A leg as one firmware writes it: the columns of a row, all text. Pure.</summary>
internal sealed class CdrColumns(UcmQuirks quirks, TimeZoneInfo zone)
{
    private const string ZeroDate = "0000-00-00 00:00:00";
    private static readonly string[] Empty63 =
    [
        "nat_call", "nat_call_peer", "video_call", "gdms_unique_code", "gds_call", "gsc_call", "wave_src_seqid", "wave_dst_seqid",
        "device_info", "device_info_peer", "recordfiles_desc",
    ];

    private static readonly string[] Names33 =
    [
        "AcctId", "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata", "start", "answer",
        "end", "duration", "billsec", "disposition", "amaflags", "uniqueid", "userfield", "channel_ext", "dstchannel_ext", "service",
        "caller_name", "recordfiles", "dstanswer", "chanext", "dstchanext", "session", "action_owner", "action_type",
        "src_trunk_name", "dst_trunk_name",
    ];

    /// <summary>Columns of a leg; the root item's <c>cdr</c> comes besides.</summary>
    public IReadOnlyList<string> Names { get; } = quirks.Firmware == UcmFirmware.Ucm63xx ? [.. Names33, .. Empty63] : Names33;

    public string[] Values(CdrEntry entry, bool recordingsKnown)
    {
        var leg = entry.Leg;
        var inCall = entry.Call.Legs.Count;
        string[] common =
        [
            Number(quirks.MonthlyAcctIdRestart ? leg.MonthlyAcctId : leg.AcctId),
            "",
            leg.Source,
            leg.Destination,
            leg.Context,
            $"\"{leg.SourceName}\" <{leg.Source}>",
            leg.Channel,
            leg.DestinationChannel,
            quirks is { VoicemailViaDial: false } && leg is { IsVoicemail: true, Application: "Dial" } ? "VoiceMail" : leg.Application,
            leg.ApplicationData,
            Local(leg.Start),
            Answer(leg),
            End(leg),
            Number(leg.DurationSeconds),
            Number(leg.BillableSeconds),
            Disposition(leg.Disposition),
            "DOCUMENTATION",
            leg.UniqueId,
            leg.Direction.ToString(),
            leg.ChannelExtension,
            leg.DestinationExtension,
            // What "p" means was not found; it occurs in one leg of twenty-five.
            SimRandom.Hash(leg.UniqueId + inCall) % 25 == 0 ? "p" : "s",
            leg.SourceName,
            recordingsKnown ? string.Concat(leg.Recordings.Select(r => r + "@")) : "",
            leg.AnsweredBy,
            "",
            "",
            Session(entry),
            leg.ActionOwner,
            leg.Action,
            leg.SourceTrunk,
            leg.DestinationTrunk,
        ];
        return quirks.Firmware == UcmFirmware.Ucm63xx ? [.. common, .. Extra(leg, recordingsKnown)] : common;
    }

    /// <summary>The session of the leg under the quirks in force.</summary>
    public string Session(CdrEntry entry)
    {
        var id = quirks.ParkedSessionDiffers ? entry.Leg.Session : entry.Call.Session;
        var micros = id.Microseconds.ToString(quirks.UnpaddedMicroseconds ? "D" : "D6", CultureInfo.InvariantCulture);
        var source = quirks.TextSessionSuffix && id.Microseconds % 7 == 0 ? "anonymous" : id.Source;
        return string.Create(CultureInfo.InvariantCulture, $"{id.EpochSeconds}{micros}-{source}");
    }

    public string Local(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Disposition(LedgerDisposition disposition) => disposition switch
    {
        LedgerDisposition.Answered => "ANSWERED",
        LedgerDisposition.NoAnswer => "NO ANSWER",
        LedgerDisposition.Busy => "BUSY",
        _ => "FAILED",
    };

    private string Answer(LedgerLeg leg) => leg.Disposition switch
    {
        LedgerDisposition.Answered => Local(leg.Answer!.Value),
        LedgerDisposition.NoAnswer => quirks.NoAnswerFilledAnswer ? Local(leg.End) : Absent,
        _ => quirks.BusyFailedEmptyEnd ? Absent : Local(leg.End),
    };

    private string End(LedgerLeg leg) =>
        quirks.BusyFailedEmptyEnd && leg.Disposition is (LedgerDisposition.Busy or LedgerDisposition.Failed)
            ? Absent
            : Local(leg.End);

    private string Absent => quirks.ZeroDates ? ZeroDate : "";

    private static string[] Extra(LedgerLeg leg, bool recordingsKnown)
    {
        var model = leg.DestinationExtension.Length > 0 && !leg.DestinationExtension.StartsWith("trunk", StringComparison.Ordinal) ? "GRP2614" : "";
        return ["no", "no", "no", "", "no", "no", "", "", "", model, recordingsKnown ? RecordingDescriptions(leg) : ""];
    }

    // Unlike the file name, this tells when the audio begins; ring groups leave it empty.
    private static string RecordingDescriptions(LedgerLeg leg) => leg.Action.StartsWith("RINGGROUP", StringComparison.Ordinal)
        ? ""
        : string.Concat(leg.Recordings.Select(_ => string.Create(
            CultureInfo.InvariantCulture,
            $"duration={leg.BillableSeconds},size={Recordings.RecordingAudio.Size(leg)}B,start-time={leg.Answer!.Value.ToUnixTimeSeconds()}@")));
}

/// <summary>A leg and the call it belongs to.</summary>
internal readonly record struct CdrEntry(LedgerCall Call, LedgerLeg Leg);
