namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>
/// The PBX's UTC offset over time, learned from its own rows: a unique id holds the UTC second at which a call's first leg
/// began, its start the wall clock at the same moment. Pure.
/// </summary>
internal sealed class UcmOffsets
{
    private const int Step = 15 * 60;
    private const int LargestOffset = 15 * 3600;

    // Rows are written a moment after the channel is made, both in whole seconds.
    private const int EarliestRemainder = -2;
    private const int LatestRemainder = 5;
    private const double ZoneAgreement = 0.9;

    // Wide enough for every offset, so that wall clocks can be compared with UTC.
    private const int Near = 2 * 86400;

    private readonly TimeZoneInfo? _zone;
    private readonly TimeSpan? _systemOffset;
    private readonly bool _zoneFitsSystem;
    private readonly Dictionary<string, (long Epoch, long Difference)> _smallest = new(StringComparer.Ordinal);
    private readonly List<Observation> _earlier;
    private List<Observation> _trusted = [];
    private List<(Observation First, Observation Last)> _runs = [];

    /// <param name="zone">The tenant's zone; used where the rows agree with it, or say nothing.</param>
    /// <param name="systemOffset">Offset that the PBX reports for now; null when it does not.</param>
    /// <param name="now">UTC, for comparing the two.</param>
    /// <param name="earlier">What was learned before about the same PBX.</param>
    public UcmOffsets(TimeZoneInfo? zone, TimeSpan? systemOffset, DateTimeOffset now, IEnumerable<Observation>? earlier = null)
    {
        _zone = zone;
        _systemOffset = systemOffset;
        _zoneFitsSystem = zone is not null && (systemOffset is null || zone.GetUtcOffset(now) == systemOffset);
        _earlier = [.. earlier ?? []];
        Rebuild();
    }

    /// <summary>One moment at which the offset is known.</summary>
    internal readonly record struct Observation(long Epoch, int OffsetSeconds);

    /// <summary>Ends of each run of equal offsets: all that later reads need.</summary>
    public IEnumerable<Observation> Runs => _runs.SelectMany(r => r.First == r.Last ? [r.First] : new[] { r.First, r.Last });

    public bool AnyObserved => _trusted.Count > 0;

    /// <summary>Whether the zone tells the offset: the rows agree with it, or there are none and the PBX's clock does.</summary>
    public bool ZoneAgrees { get; private set; }

    public void Learn(IEnumerable<UcmCdrRow> rows)
    {
        foreach (var row in rows)
        {
            if (row is { Epoch: { } epoch, StartLocal: { } local })
            {
                var difference = Seconds(local) - epoch;
                if (!_smallest.TryGetValue(row.UniqueId, out var known) || IsBetter(difference, known.Difference))
                {
                    _smallest[row.UniqueId] = (epoch, difference);
                }
            }
        }

        Rebuild();
    }

    /// <summary>The offset observed in the call itself; null when its first leg was not among the rows.</summary>
    public TimeSpan? OfCall(string uniqueId) =>
        _smallest.TryGetValue(uniqueId, out var call) && Observe(call.Epoch, call.Difference) is { } seen
            && _trusted.BinarySearch(seen, ByEpoch.Instance) is >= 0
            ? TimeSpan.FromSeconds(seen.OffsetSeconds)
            : null;

    /// <summary>The offset in force at a moment, as far as is known.</summary>
    public TimeSpan At(DateTime utc) =>
        ZoneAgrees ? _zone!.GetUtcOffset(utc)
        : Nearest(Seconds(utc)) is { } seen ? TimeSpan.FromSeconds(seen.OffsetSeconds)
        : _systemOffset ?? _zone?.GetUtcOffset(utc) ?? TimeSpan.Zero;

    /// <summary>Every offset that could have been in force when the wall clock showed this.</summary>
    public IEnumerable<TimeSpan> Candidates(DateTime local)
    {
        List<TimeSpan> found = [];
        if (_zone is not null && (ZoneAgrees || !AnyObserved))
        {
            found.AddRange(_zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local) : [_zone.GetUtcOffset(local)]);
            found.Add(_zone.GetUtcOffset(local.AddHours(-2)));
            found.Add(_zone.GetUtcOffset(local.AddHours(2)));
        }

        var second = Seconds(local);
        foreach (var run in _runs)
        {
            if (run.Last.Epoch > second - Near && run.First.Epoch < second + Near)
            {
                found.Add(TimeSpan.FromSeconds(run.First.OffsetSeconds));
            }
        }

        if (Nearest(second) is { } nearest)
        {
            found.Add(TimeSpan.FromSeconds(nearest.OffsetSeconds));
        }

        if (_systemOffset is { } system && !AnyObserved)
        {
            found.Add(system);
        }

        return found.Distinct();
    }

    /// <summary>The smallest and the largest offset that the span's rows may have; a whole day apart while nothing is known.</summary>
    public (TimeSpan Least, TimeSpan Most) Range(DateTime fromUtc, DateTime toUtc)
    {
        if (!AnyObserved)
        {
            return (TimeSpan.FromHours(-12), TimeSpan.FromHours(14));
        }

        List<TimeSpan> known = [At(fromUtc), At(toUtc)];
        known.AddRange(_runs.Select(r => TimeSpan.FromSeconds(r.First.OffsetSeconds)));
        if (_systemOffset is { } system)
        {
            known.Add(system);
        }

        return (known.Min() - TimeSpan.FromHours(1), known.Max() + TimeSpan.FromHours(1));
    }

    // Of a call's legs the first one has the smallest difference, because the others began later. A leg after the clock went
    // back may have a smaller one, but no small remainder.
    private static bool IsBetter(long difference, long known)
    {
        var (fits, knownFits) = (Observe(0, difference) is not null, Observe(0, known) is not null);
        return fits == knownFits ? difference < known : fits;
    }

    private static Observation? Observe(long epoch, long difference)
    {
        var offset = (long)Math.Floor((difference - EarliestRemainder) / (double)Step) * Step;
        var remainder = difference - offset;
        return remainder is >= EarliestRemainder and <= LatestRemainder && Math.Abs(offset) <= LargestOffset
            ? new Observation(epoch, (int)offset)
            : null;
    }

    private static long Seconds(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

    private void Rebuild()
    {
        List<Observation> all = [.. _earlier];
        all.AddRange(_smallest.Values.Select(call => Observe(call.Epoch, call.Difference)).OfType<Observation>());
        all.Sort(ByEpoch.Instance);
        var counts = all.GroupBy(o => o.OffsetSeconds).ToDictionary(g => g.Key, g => g.Count());
        _trusted = all.Count < 2 ? all : [.. all.Where((o, i) => !IsOutlier(all, i, counts[o.OffsetSeconds]))];
        _runs = [];
        foreach (var seen in _trusted)
        {
            if (_runs.Count > 0 && _runs[^1].First.OffsetSeconds == seen.OffsetSeconds)
            {
                _runs[^1] = (_runs[^1].First, seen);
            }
            else
            {
                _runs.Add((seen, seen));
            }
        }

        var agreeing = _zone is null ? 0 : _trusted.Count(o => Fits(ZoneOffset(o.Epoch), o));
        ZoneAgrees = _zone is not null && (_trusted.Count == 0 ? _zoneFitsSystem : agreeing >= ZoneAgreement * _trusted.Count);
    }

    // A call whose first leg is missing may by chance look like a quarter of an hour more. Alone among others, and not a clock
    // change away from them, it is not believed.
    private bool IsOutlier(List<Observation> all, int index, int count)
    {
        var seen = all[index];
        if (count > 1 || Fits(_systemOffset, seen) || (_zone is not null && Fits(ZoneOffset(seen.Epoch), seen)))
        {
            return false;
        }

        var neighbours = all.Skip(Math.Max(0, index - 1)).Take(3).Where(o => o != seen).ToList();
        return neighbours.TrueForAll(o => Math.Abs(o.OffsetSeconds - seen.OffsetSeconds) is not (0 or 1800 or 3600))
            && (all.Count > 2 || neighbours[0].OffsetSeconds < seen.OffsetSeconds);
    }

    private static bool Fits(TimeSpan? offset, Observation seen) => offset is { } known && (int)known.TotalSeconds == seen.OffsetSeconds;

    private TimeSpan ZoneOffset(long epoch) => _zone!.GetUtcOffset(DateTime.UnixEpoch.AddSeconds(epoch));

    private Observation? Nearest(long epoch)
    {
        var after = FirstAfter(epoch);
        if (_trusted.Count == 0)
        {
            return null;
        }

        if (after == 0 || after == _trusted.Count)
        {
            return _trusted[Math.Min(after, _trusted.Count - 1)];
        }

        return epoch - _trusted[after - 1].Epoch <= _trusted[after].Epoch - epoch ? _trusted[after - 1] : _trusted[after];
    }

    private int FirstAfter(long epoch)
    {
        var (low, high) = (0, _trusted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _trusted[middle].Epoch <= epoch ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private sealed class ByEpoch : IComparer<Observation>
    {
        public static readonly ByEpoch Instance = new();

        public int Compare(Observation x, Observation y)
        {
            var order = x.Epoch.CompareTo(y.Epoch);
            return order != 0 ? order : x.OffsetSeconds.CompareTo(y.OffsetSeconds);
        }
    }
}
