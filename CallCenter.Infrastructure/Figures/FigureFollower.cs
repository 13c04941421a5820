using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Figures;

/// <summary>
/// Keeps the sums in step with the calls, in their transaction: what a batch changes is folded to one row per slice and time and added in
/// one statement per table. Every row belongs to one PBX, whose lock the writer holds, so writers of two PBXs never wait for each other.
/// </summary>
internal sealed class FigureFollower(ICallBulkWriter bulk) : ICallFollower
{
    // Up to so many quarters are read one by one, more in one span.
    private const int FewQuarters = 6;

    // From so many rows on it pays to ask which are there: a new one is copied in for a fraction of what adding to it costs.
    private const int ManyRows = 100;

    // An index begins with the kind.
    private static readonly List<SliceKind> DayKinds = [.. Enum.GetValues<SliceKind>().Where(kind => kind != SliceKind.Agent)];

    public Task FollowAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken) => Begin(db, changes)(cancellationToken);

    public Func<CancellationToken, Task> Begin(CallCenterDbContext db, CallChanges changes)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(db.CurrentTenant.TimeZoneId);
        var folding = Task.Run(() => Fold(changes, zone));
        return async cancellationToken => await StoreAsync(db, changes, await folding, cancellationToken);
    }

    private static FigureFold Fold(CallChanges changes, TimeZoneInfo zone)
    {
        var fold = new FigureFold(changes.TenantId, changes.PbxId, new FigureTime(zone));
        foreach (var change in changes.Changes)
        {
            fold.Add(change);
        }

        return fold;
    }

    private async Task StoreAsync(CallCenterDbContext db, CallChanges changes, FigureFold fold, CancellationToken cancellationToken)
    {
        await AddSlicesAsync(db, bulk, fold.Slices, cancellationToken);
        await AddAsync<FigureQuarterMap>(
            db,
            Changed(fold.Quarters),
            (first, last) => db.Set<FigureQuarter>().Where(row => row.Quarter >= first && row.Quarter <= last).Select(row => new FigureKey(row.Quarter, row.SliceId)),
            cancellationToken);
        await AddAsync<FigureDayMap>(
            db,
            Changed(fold.Days),
            (first, last) => db.Set<FigureDay>().Where(row => EF.Parameter(DayKinds).Contains(row.Kind) && row.Day >= first && row.Day <= last).Select(row => new FigureKey(row.Day, row.SliceId)),
            cancellationToken);
        await AddAsync<FigureAgentDayMap>(
            db,
            Changed(fold.Agents),
            (first, last) => db.Set<FigureAgentDay>().Where(row => row.Day >= first && row.Day <= last).Select(row => new FigureKey(row.Day, row.SliceId)),
            cancellationToken);
        await MendLongestAsync(db, changes, fold.Shrunk, cancellationToken);
    }

    /// <summary>Adds rows to what is stored; of many, those that are not there yet are copied in. The writer's lock keeps others from adding them.</summary>
    private async Task AddAsync<TMap>(
        CallCenterDbContext db, List<FigureRow> rows, Func<int, int, IQueryable<FigureKey>> stored, CancellationToken cancellationToken)
        where TMap : ISumMap<FigureRow>
    {
        if (rows.Count < ManyRows)
        {
            await bulk.AddAsync<FigureRow, TMap>(db, rows, cancellationToken);
            return;
        }

        var known = await stored(rows.Min(row => row.At), rows.Max(row => row.At)).ToHashSetAsync(cancellationToken);
        await bulk.AddAsync<FigureRow, TMap>(db, rows.FindAll(row => known.Contains(new FigureKey(row.At, row.SliceId))), cancellationToken);
        await bulk.InsertAsync<FigureRow, TMap>(db, rows.FindAll(row => !known.Contains(new FigureKey(row.At, row.SliceId))), cancellationToken);
    }

    private readonly record struct FigureKey(int At, long SliceId);

    public static async Task AddSlicesAsync(CallCenterDbContext db, ICallBulkWriter bulk, IReadOnlyCollection<FigureSlice> slices, CancellationToken cancellationToken)
    {
        var ids = slices.Select(slice => slice.Id).ToList();
        if (ids.Count == 0)
        {
            return;
        }

        var known = await db.Set<FigureSlice>().Where(slice => EF.Parameter(ids).Contains(slice.Id)).Select(slice => slice.Id).ToHashSetAsync(cancellationToken);
        await bulk.InsertAsync<FigureSlice, FigureSliceMap>(db, [.. slices.Where(slice => !known.Contains(slice.Id))], cancellationToken);
    }

    private static List<FigureRow> Changed(IReadOnlyCollection<FigureRow> rows) =>
        [.. rows.Where(row => row.LongestWaitSeconds > 0 || row.Sums.AsSpan().ContainsAnyExcept(0))];

    /// <summary>A greatest value cannot be subtracted: where a call went, it is read again from the calls that are left.</summary>
    private async Task MendLongestAsync(CallCenterDbContext db, CallChanges changes, IReadOnlyCollection<FigureRow> shrunk, CancellationToken cancellationToken)
    {
        if (shrunk.Count == 0)
        {
            return;
        }

        var slices = new FigureFold(changes.TenantId, changes.PbxId, new FigureTime(TimeZoneInfo.Utc));
        var longest = shrunk.ToDictionary(row => (row.At, row.SliceId), _ => 0);
        var quarters = shrunk.Select(row => row.At).Distinct().Order().ToList();
        List<(int First, int End)> spans = quarters.Count <= FewQuarters
            ? [.. quarters.Select(quarter => (quarter, quarter + 1))]
            : [(quarters[0], quarters[^1] + 1)];
        foreach (var (first, end) in spans)
        {
            var (from, to) = (FigureTime.StartOf(first), FigureTime.StartOf(end));
            var calls = db.Set<Call>()
                .Where(call => call.PbxId == changes.PbxId && call.StartedAtUtc >= from && call.StartedAtUtc < to)
                .Select(CallFacts.Select)
                .AsAsyncEnumerable();
            await foreach (var call in calls.WithCancellation(cancellationToken))
            {
                var key = (FigureTime.QuarterOf(call.StartedAtUtc), slices.SliceOf(FigureFold.FlowOf(call)).Id);
                if (call.Offered && longest.TryGetValue(key, out var wait) && call.WaitSeconds > wait)
                {
                    longest[key] = call.WaitSeconds;
                }
            }
        }

        await bulk.UpdateAsync<FigureRow, LongestWaitMap>(
            db,
            [.. longest.Select(entry => new FigureRow(changes.TenantId, SliceKind.Flow, entry.Key.At, entry.Key.SliceId, []) { LongestWaitSeconds = entry.Value })],
            cancellationToken);
    }
}
