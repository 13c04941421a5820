using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Figures;

/// <summary>Figures of one key at one time, before they are put into lines.</summary>
/// <param name="At">Quarter, day, or 0.</param>
/// <param name="Key">Value of the dimension; empty without one.</param>
/// <param name="Figures">The counts.</param>
/// <param name="Target">By which they were counted; null for calls that nobody was to answer.</param>
internal sealed record FigureCell(int At, string Key, CallFigures Figures, ServiceLevelTarget? Target);

/// <summary>Finds cells: in the stored sums, or by counting calls. Both go through the same columns and shapes.</summary>
internal sealed class FigureCells(FigureStore store)
{
    /// <summary>The kind of slice that answers the question; null when the stored sums cannot.</summary>
    public static SliceKind? KindFor(FigureQuery query, bool byQuarter)
    {
        if (query.Agent is not null)
        {
            return null;
        }

        List<SliceKind> kinds = [];
        Add(query.Trunk is not null || query.By == FigureDimension.Trunk, SliceKind.Trunk);
        Add(query.Did is not null || query.By == FigureDimension.Did, SliceKind.Did);
        Add(query.Country is not null || query.By == FigureDimension.Country, SliceKind.Country);
        var grouped = query.Queue is not null || query.RingGroup is not null || query.By is FigureDimension.Queue or FigureDimension.RingGroup;
        return kinds.Count switch
        {
            0 => SliceKind.Flow,
            1 when !grouped && !byQuarter => kinds[0],
            _ => null,
        };

        void Add(bool wanted, SliceKind kind)
        {
            if (wanted)
            {
                kinds.Add(kind);
            }
        }
    }

    /// <summary>From the stored sums.</summary>
    public async Task<List<FigureCell>> ReadAsync(
        CallCenterDbContext db,
        FigureQuery query,
        SliceKind kind,
        IReadOnlyList<(int First, int End)> ranges,
        bool byQuarter,
        bool byTime,
        FigureTargets targets,
        CancellationToken cancellationToken)
    {
        var slices = await db.Set<FigureSlice>().AsNoTracking().Where(slice => slice.Kind == kind).ToListAsync(cancellationToken);
        var keyed = query.By is not null and not FigureDimension.Outcome;
        var cells = new List<FigureCell>();
        var (table, time) = byQuarter
            ? (FigureQuarterConfiguration.Table, nameof(FigureQuarter.Quarter))
            : (FigureDayConfiguration.Table, nameof(FigureDay.Day));
        foreach (var shape in slices.Where(slice => Matches(slice, query)).GroupBy(slice => FigureShape.Of(slice, targets.Of(slice))))
        {
            var keys = shape.ToDictionary(slice => slice.Id, slice => KeyOf(slice, query.By));
            var columns = shape.Key.Columns;
            var ask = new SumsAsk(table, time, ranges, [.. columns.Select(column => FigureColumns.Names[column])])
            {
                Kind = byQuarter ? null : kind,
                Slices = keys.Count == slices.Count ? null : keys.Keys,
                ByTime = byTime,
                BySlice = keyed,
            };
            await foreach (var row in store.ReadAsync(db, ask, cancellationToken))
            {
                Add(cells, query, row.At, keyed ? keys[row.SliceId] : "", shape.Key, row.Values);
            }
        }

        if (query.WithLongestWait && kind == SliceKind.Flow && query.By != FigureDimension.Outcome)
        {
            await AddLongestAsync(db, cells, query, [.. slices.Where(slice => slice.Offered && Matches(slice, query))], ranges, byQuarter, byTime, cancellationToken);
        }

        return cells;
    }

    /// <summary>By counting the calls.</summary>
    public static async Task<List<FigureCell>> CountAsync(
        CallCenterDbContext db,
        IQueryable<Call> calls,
        FigureQuery query,
        FigureTime time,
        bool byQuarter,
        bool byTime,
        FigureTargets targets,
        CancellationToken cancellationToken)
    {
        var sums = new Dictionary<(int At, FigureSlice Slice), (int[] Sums, int Longest)>();
        Dictionary<Guid, FigureFold> folds = [];
        var rows = calls.Select(call => call.PbxId).Distinct();
        foreach (var pbxId in await rows.ToListAsync(cancellationToken))
        {
            var fold = new FigureFold(db.CurrentTenantId, pbxId, time);
            await foreach (var call in calls.Where(call => call.PbxId == pbxId).Select(CallFacts.Select).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                if (query.Country is { } country && fold.CountryOf(call.OutsideE164) != country)
                {
                    continue;
                }

                // The flow says the target, the value the key.
                var flow = FigureFold.FlowOf(call);
                var slice = fold.SliceOf(flow with
                {
                    Value = query.By switch
                    {
                        FigureDimension.Trunk => call.Trunk,
                        FigureDimension.Did => call.Direction == CallDirection.Inbound ? call.ToNumber : "",
                        FigureDimension.Country => fold.CountryOf(call.OutsideE164),
                        _ => "",
                    },
                });
                if (!Matches(slice, query with { Trunk = null, Did = null, Country = null }) || (slice.Value.Length == 0 && query.By is FigureDimension.Trunk or FigureDimension.Did))
                {
                    continue;
                }

                var quarter = FigureTime.QuarterOf(call.StartedAtUtc);
                var at = !byTime ? 0 : byQuarter ? quarter : time.DayOf(quarter);
                var sum = sums.TryGetValue((at, slice), out var known) ? known : (Sums: new int[FigureColumns.Count], Longest: 0);
                FigureColumns.Add(sum.Sums, call, slice.Offered, 1);
                sums[(at, slice)] = (sum.Sums, call.Offered ? Math.Max(sum.Longest, call.WaitSeconds) : sum.Longest);
            }
        }

        var cells = new List<FigureCell>();
        foreach (var ((at, slice), (all, longest)) in sums)
        {
            var shape = FigureShape.Of(slice, targets.Of(slice));
            Add(cells, query, at, KeyOf(slice, query.By), shape, [.. shape.Columns.Select(column => (long)all[column])], shape.Offered && query.WithLongestWait ? longest : null);
        }

        return cells;
    }

    private async Task AddLongestAsync(
        CallCenterDbContext db,
        List<FigureCell> cells,
        FigureQuery query,
        IReadOnlyList<FigureSlice> slices,
        IReadOnlyList<(int First, int End)> ranges,
        bool byQuarter,
        bool byTime,
        CancellationToken cancellationToken)
    {
        var time = new FigureTime(TimeZoneInfo.FindSystemTimeZoneById(db.CurrentTenant.TimeZoneId));
        var keys = slices.ToDictionary(slice => slice.Id, slice => KeyOf(slice, query.By));
        var quarters = byQuarter
            ? ranges
            : [.. ranges.Select(range => (
                FigureTime.FirstFrom(LocalDay.StartUtc(DateOnly.FromDayNumber(range.First), time.Zone)),
                FigureTime.FirstFrom(LocalDay.StartUtc(DateOnly.FromDayNumber(range.End), time.Zone))))];
        var ask = new SumsAsk(FigureQuarterConfiguration.Table, nameof(FigureQuarter.Quarter), quarters, [nameof(FigureQuarter.LongestWaitSeconds)])
        {
            Slices = keys.Keys,
            ByTime = byTime,
            BySlice = query.By is not null,
            Of = SumsOf.Greatest,
        };
        await foreach (var row in store.ReadAsync(db, ask, cancellationToken))
        {
            var at = !byTime || byQuarter ? row.At : time.DayOf(row.At);
            cells.Add(new FigureCell(at, query.By is null ? "" : keys[row.SliceId], new CallFigures { LongestWaitSeconds = (int)row.Values[0] }, null));
        }
    }

    private static void Add(List<FigureCell> cells, FigureQuery query, int at, string key, FigureShape shape, long[] sums, int? longest = null)
    {
        if (query.By == FigureDimension.Outcome)
        {
            cells.AddRange(Enum.GetValues<CallOutcome>()
                .Select(outcome => (outcome, Calls: sums[FigureColumns.OutcomeOf(outcome)]))
                .Where(pair => pair.Calls != 0)
                .Select(pair => new FigureCell(at, pair.outcome.ToString(), new CallFigures { Calls = pair.Calls }, null)));
            return;
        }

        cells.Add(new FigureCell(at, key, shape.Read(sums) with { LongestWaitSeconds = longest }, shape.Offered ? shape.Target : null));
    }

    private static bool Matches(FigureSlice slice, FigureQuery query) =>
        (query.Queue is null || slice.Queue == query.Queue)
        && (query.RingGroup is null || slice.RingGroup == query.RingGroup)
        && (query.Direction is null || slice.Direction == query.Direction)
        && (query.Trunk is null || slice.Value == query.Trunk)
        && (query.Did is null || slice.Value == query.Did)
        && (query.Country is null || slice.Value == query.Country)
        && (query.By != FigureDimension.Queue || slice.Queue.Length > 0)
        && (query.By != FigureDimension.RingGroup || slice.RingGroup.Length > 0)
        && (query.By != FigureDimension.Country || slice.Direction != CallDirection.Internal);

    private static string KeyOf(FigureSlice slice, FigureDimension? by) => by switch
    {
        FigureDimension.Queue => slice.Queue,
        FigureDimension.RingGroup => slice.RingGroup,
        FigureDimension.Direction => slice.Direction.ToString(),
        FigureDimension.Trunk or FigureDimension.Did or FigureDimension.Country => slice.Value,
        _ => "",
    };
}
