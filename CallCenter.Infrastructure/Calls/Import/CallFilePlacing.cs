using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Infrastructure.Calls.Import;

/// <summary>Rows of a file to legs in UTC, batch by batch; keeps of earlier batches no more than where the offset changed.</summary>
internal sealed class CallFilePlacing(TimeZoneInfo zone, TimeProvider time)
{
    private const int MostRuns = 50;

    private List<UcmOffsets.Observation> _runs = [];

    /// <summary>Offsets that unique ids have shown so far.</summary>
    public IEnumerable<TimeSpan> Observed => _runs.Select(run => TimeSpan.FromSeconds(run.OffsetSeconds));

    /// <summary>Whether the zone agrees with them; true where they show nothing.</summary>
    public bool ZoneFits { get; private set; } = true;

    public IReadOnlyList<CdrLeg> Place(IReadOnlyList<UcmCdrRow> rows)
    {
        var offsets = new UcmOffsets(zone, systemOffset: null, time.GetUtcNow(), _runs);
        offsets.Learn(rows);
        _runs = [.. offsets.Runs.TakeLast(MostRuns)];
        ZoneFits = !offsets.AnyObserved || offsets.ZoneAgrees;
        return UcmLegPlacer.Place(rows, offsets);
    }
}
