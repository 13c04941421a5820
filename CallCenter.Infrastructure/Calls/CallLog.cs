using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls.Reading;
using CallCenter.Infrastructure.Clients;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls;

internal sealed class CallLog(
    IDbContextFactory<CallCenterDbContext> contexts,
    ICaller caller,
    ICallReaches reaches,
    CallSelections selections,
    CallPages pages,
    CallTotals totals,
    CallStream stream) : ICallLog
{
    private const int MaxCount = 200;

    public async Task<Result<KeysetPage<CallRow>>> SearchAsync(
        CallFilter filter, string? cursor = null, int count = 50, CancellationToken cancellationToken = default)
    {
        count = Math.Clamp(count, 1, MaxCount);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var read = await selections.ReadAsync(db, filter, cancellationToken);
        if (read.Error is { } error)
        {
            return error;
        }

        var key = CallCursor.Parse(cursor);
        var (rows, searchedTo) = await pages.ReadAsync(read.Value, CallProjections.Row, key, count + 1, cancellationToken);
        if (key is not null && rows.Count <= count && searchedTo is null && (key.Newer || rows.Count == 0))
        {
            // The way to newer rows ends at the first page, and that one is full and has no newer one.
            key = null;
            (rows, searchedTo) = await pages.ReadAsync(read.Value, CallProjections.Row, key, count + 1, cancellationToken);
        }

        var more = rows.Count > count;
        if (more)
        {
            rows.RemoveAt(count);
        }

        if (key is { Newer: true })
        {
            rows.Reverse();
        }

        rows = await CallRowClients.AddAsync(db, caller, rows, cancellationToken);
        return Page(rows, key, more, searchedTo);
    }

    public IAsyncEnumerable<CallExportRow> StreamAsync(CallFilter filter, CallPosition? after = null, CancellationToken cancellationToken = default) =>
        stream.ReadAsync(filter, after, cancellationToken);

    public async Task<Result<CallSums>> SumAsync(CallFilter filter, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var read = await selections.ReadAsync(db, filter, cancellationToken);
        return read.Error is { } error ? error : await totals.ReadAsync(read.Value, cancellationToken);
    }

    public async Task<Result<CallDetail>> FindAsync(Guid callId, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var call = await db.Set<Call>().AsNoTracking()
            .Within(db, await reaches.ReadAsync(cancellationToken))
            .SingleOrDefaultAsync(c => c.Id == callId, cancellationToken);
        if (call is null)
        {
            return CallErrors.NotFound;
        }

        var legs = await CallDetails.LegsAsync(db, callId, cancellationToken);
        var row = (await CallRowClients.AddAsync(db, caller, [CallProjections.ToRow(call)], cancellationToken))[0];
        return new CallDetail(row, call.AnsweredAtUtc, call.EndedAtUtc, call.DurationSeconds, call.Trunk, call.FailureReason, call.CallKey, legs)
        {
            Parts = await CallDetails.PartsAsync(db, callId, cancellationToken),
        };
    }

    private static KeysetPage<CallRow> Page(List<CallRow> rows, CallCursor? key, bool more, DateTime? searchedTo)
    {
        var newer = key is { Newer: true };

        // Coming from one side, that side has rows for sure, or had them a moment ago.
        var hasNewer = newer ? more : key is not null;
        var hasOlder = newer || more;
        var newerKey = hasNewer && rows.Count > 0 ? CallCursor.NewerThan(rows[0]) : null;
        var olderKey = hasOlder && rows.Count > 0 ? CallCursor.OlderThan(rows[^1]) : null;
        if (searchedTo is { } edge)
        {
            (newerKey, olderKey) = newer ? (new CallCursor(true, edge, Guid.Empty), olderKey) : (newerKey, new CallCursor(false, edge, Guid.Empty));
        }

        // More than this page is counted by the sums; the cap says that there is more.
        var isAll = newerKey is null && olderKey is null;
        return new KeysetPage<CallRow>(rows, newerKey?.ToString(), olderKey?.ToString(), rows.Count, isAll ? rows.Count + 1 : rows.Count)
        {
            SearchedToUtc = searchedTo,
        };
    }
}
