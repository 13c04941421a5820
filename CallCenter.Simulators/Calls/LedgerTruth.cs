namespace CallCenter.Simulators.Calls;

/// <summary>What the legs of a call say when read by the measured rules of the reference.</summary>
public static class LedgerTruth
{
    // Phones of one group begin to ring in the same instant, written in truncated seconds.
    private static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Billed seconds of the legs that a person answered. Where the caller's channel was up before (group, queue), ringing is
    /// billed too; the longest ring of the losing legs that began in the same moment is taken off.
    /// </summary>
    public static int TalkSeconds(IReadOnlyList<LedgerLeg> legs) =>
        legs.Where(l => l.IsPerson).Sum(leg => Math.Max(0, leg.BillableSeconds - LongestLosingRing(legs, leg)));

    private static int LongestLosingRing(IReadOnlyList<LedgerLeg> legs, LedgerLeg winner) => legs
        .Where(l => l.Disposition == LedgerDisposition.NoAnswer && !l.IsHeader && l.DestinationChannel.Length > 0
            && l.Action == winner.Action && l.Action.Contains('[', StringComparison.Ordinal)
            && (l.Start - winner.Start).Duration() < SameMoment)
        .Select(l => l.DurationSeconds)
        .DefaultIfEmpty(0)
        .Max();
}
