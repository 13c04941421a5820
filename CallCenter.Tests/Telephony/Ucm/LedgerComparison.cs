using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;

namespace CallCenter.Tests.Telephony.Ucm;

/// <summary>Calls as the portal makes them against calls as they really were, every fact of them.</summary>
internal static class LedgerComparison
{
    /// <param name="truth">What happened.</param>
    /// <param name="quirks">How the firmware wrote it.</param>
    /// <param name="calls">What was made of that.</param>
    /// <param name="counters">False where the firmware gives no row counters to compare.</param>
    public static void AssertEqual(
        IEnumerable<LedgerCall> truth, UcmQuirks quirks, IEnumerable<AssembledCall> calls, bool counters = true) => Assert.Equal(
        truth.Select(c => Describe(c, quirks, counters)).Order(StringComparer.Ordinal),
        calls.Select(c => Describe(c, counters)).Order(StringComparer.Ordinal));

    private static string Describe(LedgerCall call, UcmQuirks quirks, bool counters)
    {
        var legs = call.Legs.Where(l => quirks.RingGroupHeaderLegs || !l.IsHeader).ToList();
        var start = Whole(legs.Min(l => l.Start));
        var end = Whole(legs.Max(l => l.End));
        var to = quirks.RingGroupHeaderLegs && call.Legs[0].IsHeader ? call.Did
            : call.Legs.First(l => !l.IsHeader).Action is var action && action.StartsWith("IVR", StringComparison.Ordinal) ? call.To
            : call.Via.Length > 0 ? call.Via : call.To;
        return string.Join(" | ", call.UniqueId, start, end, call.Direction, OutcomeOf(call), call.From, call.FromName, to,
            call.AnsweredBy, call.Via, call.Trunk, call.TalkSeconds.ToString(CultureInfo.InvariantCulture), call.FailureReason,
            string.Join(',', call.Recordings),
            legs.Count.ToString(CultureInfo.InvariantCulture),
            counters ? string.Join(',', legs.Select(l => quirks.MonthlyAcctIdRestart ? l.MonthlyAcctId : l.AcctId).Order()) : "");
    }

    private static string Describe(AssembledCall call, bool counters) => string.Join(" | ", call.CallKey, Text(call.StartedAtUtc), Text(call.EndedAtUtc),
        call.Direction, call.Outcome, call.FromNumber, call.FromName, call.ToNumber,
        call.AnsweredBy, call.Via, call.Trunk, call.TalkSeconds.ToString(CultureInfo.InvariantCulture), call.FailureReason,
        string.Join(',', call.Legs.SelectMany(l => l.RecordingFiles)),
        call.Legs.Count.ToString(CultureInfo.InvariantCulture),
        counters ? string.Join(',', call.Legs.Select(l => long.Parse(l.AccountId, CultureInfo.InvariantCulture)).Order()) : "");

    // The ledger knows that the call could not be placed; the portal tells a refusal apart by the prompt.
    private static string OutcomeOf(LedgerCall call) =>
        call.FailureReason == "no-permission" ? nameof(CallOutcome.Blocked) : call.Outcome.ToString();

    private static string Whole(DateTimeOffset time) => Text(time.UtcDateTime);

    private static string Text(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
