using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Figures;

/// <summary>
/// Counts a day of a PBX from its calls and compares with the sums, under the writer's lock so that neither moves meanwhile. What differs
/// is written anew. The same serves the proof, the first counting of older calls, and a changed zone.
/// </summary>
internal sealed class FigureRecount(IDbContextFactory<CallCenterDbContext> contexts, ICallBulkWriter bulk, FigureStore store, TimeProvider clock)
{
    /// <returns>What differed, already mended; null when nothing did.</returns>
    public async Task<FigureDifference?> RunAsync(Guid pbxId, DateOnly day, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await bulk.LockAsync(db, pbxId, cancellationToken);
        var time = new FigureTime(TimeZoneInfo.FindSystemTimeZoneById(db.CurrentTenant.TimeZoneId));
        var counted = await CountAsync(db, pbxId, day, time, cancellationToken);
        var (first, end) = time.QuartersOf(day);
        var wrong = 0;
        wrong += await CompareAsync(FigureQuarterConfiguration.Table, nameof(FigureQuarter.Quarter), (first, end), counted.Quarters, WithLongest());
        wrong += await CompareAsync(FigureDayConfiguration.Table, nameof(FigureDay.Day), (day.DayNumber, day.DayNumber + 1), counted.Days, FigureColumns.Names);
        wrong += await CompareAsync(FigureAgentDayConfiguration.Table, nameof(FigureAgentDay.Day), (day.DayNumber, day.DayNumber + 1), counted.Agents, AgentColumns.Names);
        if (wrong == 0)
        {
            return null;
        }

        var kept = await CallsOfAsync(db, pbxId, first, end, cancellationToken);
        await ReplaceAsync(db, pbxId, day, (first, end), counted, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new FigureDifference
        {
            PbxId = pbxId,
            Day = day,
            FoundAtUtc = clock.GetUtcNow().UtcDateTime,
            Rows = wrong,
            CallsKept = kept,
            CallsCounted = counted.Quarters.Sum(row => row.Sums.Take(FigureColumns.AnsweredWait).Sum(sum => (long)sum)),
        };

        async Task<int> CompareAsync(string table, string column, (int, int) range, IReadOnlyCollection<FigureRow> rows, IReadOnlyList<string> columns)
        {
            var expected = rows.ToDictionary(row => (row.At, row.SliceId));
            var differing = 0;
            var ask = new SumsAsk(table, column, [range], columns) { PbxId = pbxId, Of = SumsOf.EachRow };
            await foreach (var row in store.ReadAsync(db, ask, cancellationToken))
            {
                expected.Remove((row.At, row.SliceId), out var wanted);
                differing += Same(wanted, row.Values) ? 0 : 1;
            }

            return differing + expected.Values.Count(row => !Same(row, []));
        }
    }

    /// <summary>The day as its calls make it.</summary>
    public static async Task<FigureFold> CountAsync(CallCenterDbContext db, Guid pbxId, DateOnly day, FigureTime time, CancellationToken cancellationToken)
    {
        var fold = new FigureFold(db.CurrentTenantId, pbxId, time);
        var (from, to) = (LocalDay.StartUtc(day, time.Zone), LocalDay.EndUtc(day, time.Zone));
        var calls = db.Set<Call>().AsNoTracking().Where(call => call.PbxId == pbxId && call.StartedAtUtc >= from && call.StartedAtUtc < to);
        var parts = (await calls.Join(db.Set<CallParticipant>(), call => call.Id, part => part.CallId, (call, part) => part).AsNoTracking().ToListAsync(cancellationToken))
            .ToLookup(part => part.CallId);
        await foreach (var call in calls.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var facts = CallFacts.Of(call);
            fold.Add(facts, 1);
            fold.AddParts(facts, [.. parts[call.Id]], 1);
        }

        return fold;
    }

    private static IReadOnlyList<string> WithLongest() => [.. FigureColumns.Names, nameof(FigureQuarter.LongestWaitSeconds)];

    private static bool Same(FigureRow? row, long[] stored)
    {
        var length = Math.Max(row?.Sums.Length ?? 0, stored.Length);
        for (var i = 0; i < length; i++)
        {
            var wanted = row is null ? 0 : i < row.Sums.Length ? row.Sums[i] : row.LongestWaitSeconds;
            if (wanted != (i < stored.Length ? stored[i] : 0))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<long> CallsOfAsync(CallCenterDbContext db, Guid pbxId, int first, int end, CancellationToken cancellationToken)
    {
        var ask = new SumsAsk(FigureQuarterConfiguration.Table, nameof(FigureQuarter.Quarter), [(first, end)], Enum.GetNames<CallOutcome>()) { PbxId = pbxId };
        var calls = 0L;
        await foreach (var row in store.ReadAsync(db, ask, cancellationToken))
        {
            calls += row.Values.Sum();
        }

        return calls;
    }

    private async Task ReplaceAsync(CallCenterDbContext db, Guid pbxId, DateOnly day, (int First, int End) quarters, FigureFold counted, CancellationToken cancellationToken)
    {
        var number = day.DayNumber;
        var slices = db.Set<FigureSlice>().Where(slice => slice.PbxId == pbxId).Select(slice => slice.Id);
        await db.Set<FigureQuarter>().Where(row => row.Quarter >= quarters.First && row.Quarter < quarters.End && slices.Contains(row.SliceId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<FigureDay>().Where(row => row.Day == number && slices.Contains(row.SliceId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<FigureAgentDay>().Where(row => row.Day == number && slices.Contains(row.SliceId)).ExecuteDeleteAsync(cancellationToken);
        await FigureFollower.AddSlicesAsync(db, bulk, counted.Slices, cancellationToken);
        await bulk.InsertAsync<FigureRow, FigureQuarterMap>(db, counted.Quarters, cancellationToken);
        await bulk.InsertAsync<FigureRow, FigureDayMap>(db, counted.Days, cancellationToken);
        await bulk.InsertAsync<FigureRow, FigureAgentDayMap>(db, counted.Agents, cancellationToken);
    }
}
