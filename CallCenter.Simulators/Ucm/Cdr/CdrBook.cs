using CallCenter.Simulators.Calls;

namespace CallCenter.Simulators.Ucm.Cdr;

/// <summary>The ledger's legs in the order in which the PBX gives them out. Rebuilt when calls or quirks change.</summary>
internal sealed class CdrBook(CallLedger ledger)
{
    // Writes of calls that overlapped in time come in the order of their ends now and then.
    private const int OneOutOf = 20;
    private static readonly TimeSpan Neighbourhood = TimeSpan.FromSeconds(60);
    private readonly Lock _gate = new();
    private IReadOnlyList<LedgerCall>? _calls;
    private UcmQuirks? _quirks;
    private IReadOnlyList<CdrEntry> _entries = [];

    /// <summary>All legs, ascending by start but for unsorted neighbours; legs of one session are next to each other.</summary>
    public IReadOnlyList<CdrEntry> Entries(UcmQuirks quirks)
    {
        lock (_gate)
        {
            var calls = ledger.Calls;
            if (!ReferenceEquals(calls, _calls) || quirks != _quirks)
            {
                _calls = calls;
                _quirks = quirks;
                _entries = Build(calls, quirks);
            }

            return _entries;
        }
    }

    private static List<CdrEntry> Build(IReadOnlyList<LedgerCall> calls, UcmQuirks quirks)
    {
        List<List<CdrEntry>> runs = new(calls.Count);
        foreach (var call in calls)
        {
            runs.AddRange(Runs(call, quirks));
        }

        runs.Sort((a, b) => (a[0].Leg.Start, a[0].Leg.AcctId).CompareTo((b[0].Leg.Start, b[0].Leg.AcctId)));
        for (var i = 1; quirks.UnsortedNeighbours && i < runs.Count; i++)
        {
            var (before, after) = (runs[i - 1][0].Leg, runs[i][0].Leg);
            if (after.Start - before.Start <= Neighbourhood && SimRandom.Hash(after.UniqueId) % OneOutOf == 0)
            {
                (runs[i - 1], runs[i]) = (runs[i], runs[i - 1]);
                i++;
            }
        }

        return [.. runs.SelectMany(r => r)];
    }

    private static IEnumerable<List<CdrEntry>> Runs(LedgerCall call, UcmQuirks quirks) => call.Legs
        .Where(l => quirks.RingGroupHeaderLegs || !l.IsHeader)
        .Select(l => new CdrEntry(call, l))
        .GroupBy(e => quirks.ParkedSessionDiffers ? e.Leg.Session : call.Session)
        .Select(g => g.ToList());
}
