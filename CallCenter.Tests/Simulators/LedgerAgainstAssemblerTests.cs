using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Simulators.Calls;

namespace CallCenter.Tests.Simulators;

/// <summary>The generator's truth and the portal's reading of legs must agree before any wire format comes between them.</summary>
public sealed class LedgerAgainstAssemblerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NinetyDays_AssembledFromTheLedgersLegs_AreTheLedgersCalls(bool riyadh)
    {
        var from = new DateOnly(2026, 8, 23);
        var options = riyadh ? SamplePbx.Riyadh(from) : SamplePbx.Dublin(from);
        var ledger = new CallLedger(options.Zone);
        new CallSchedule(new CallGenerator(options), ledger).AdvanceTo(new DateTimeOffset(2026, 11, 20, 23, 0, 0, TimeSpan.Zero));

        var assembled = CallAssembler.Assemble(ledger.Calls.SelectMany(c => c.Legs).Select(Leg)).ToDictionary(c => c.CallKey, Facts);
        var expected = ledger.Calls.ToDictionary(c => c.UniqueId, Facts);

        Assert.Equal(expected.Count, assembled.Count);
        Assert.Empty(expected.Where(e => assembled.GetValueOrDefault(e.Key) != e.Value).Take(5).Select(e => $"{e.Value}\n{assembled.GetValueOrDefault(e.Key)}"));
    }

    private static string Facts(LedgerCall call) => FormattableString.Invariant(
        $"{call.Direction} {call.Outcome} {call.From}>{call.To} via '{call.Via}' by '{call.AnsweredBy}' trunk '{call.Trunk}' fail '{call.FailureReason}' talk {call.TalkSeconds} legs {call.Legs.Count} rec {call.Recordings.Any()} from {Second(call.StartUtc):s}");

    private static string Facts(AssembledCall call) => FormattableString.Invariant(
        $"{call.Direction} {call.Outcome} {call.FromNumber}>{call.ToNumber} via '{call.Via}' by '{call.AnsweredBy}' trunk '{call.Trunk}' fail '{call.FailureReason}' talk {call.TalkSeconds} legs {call.Legs.Count} rec {call.HasRecording} from {call.StartedAtUtc:s}");

    // What a faultless adapter would make of a row: whole seconds, the vendor's words translated.
    private static CdrLeg Leg(LedgerLeg leg)
    {
        var open = leg.Action.IndexOf('[', StringComparison.Ordinal);
        return new CdrLeg
        {
            AccountId = leg.AcctId.ToString(CultureInfo.InvariantCulture),
            UniqueId = leg.UniqueId,
            Session = $"{leg.Session.EpochSeconds}{leg.Session.Microseconds}-{leg.Session.Source}",
            StartLocal = Second(leg.Start),
            StartUtc = Second(leg.Start),
            AnswerUtc = leg.Disposition == LedgerDisposition.Answered ? Second(leg.Answer!.Value) : null,
            EndUtc = Second(leg.End),
            DurationSeconds = leg.DurationSeconds,
            BillableSeconds = leg.BillableSeconds,
            Disposition = leg.Disposition switch
            {
                LedgerDisposition.Answered => LegDisposition.Answered,
                LedgerDisposition.NoAnswer => LegDisposition.NoAnswer,
                LedgerDisposition.Busy => LegDisposition.Busy,
                _ => LegDisposition.Failed,
            },
            Direction = Enum.Parse<CallDirection>(leg.Direction.ToString()),
            Action = (open < 0 ? leg.Action : leg.Action[..open]) switch
            {
                "DIAL" => LegAction.Dial,
                "VM" => LegAction.Voicemail,
                "IVR" => LegAction.Ivr,
                "RINGGROUP" => LegAction.RingGroup,
                "QUEUE" => LegAction.Queue,
                "TRANSFER" => LegAction.Transfer,
                "PARKEDCALL" => LegAction.Parked,
                _ => LegAction.Other,
            },
            ActionTarget = open < 0 ? "" : leg.Action[(open + 1)..^1],
            Source = leg.Source,
            CallerName = leg.SourceName,
            Destination = leg.Destination,
            AnsweredBy = leg.AnsweredBy,
            SourceDevice = leg.ChannelExtension,
            DestinationDevice = leg.DestinationExtension,
            ReachedDevice = leg.DestinationChannel.Length > 0,
            LastApplication = leg.Application,
            LastData = leg.ApplicationData,
            SourceTrunk = leg.SourceTrunk,
            DestinationTrunk = leg.DestinationTrunk,
            RecordingFiles = leg.Recordings,
        };
    }

    private static DateTime Second(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds()).UtcDateTime;
}
