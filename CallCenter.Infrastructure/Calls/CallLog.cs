using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Clients;
using CallCenter.Infrastructure.Figures;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Work;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls;

internal sealed class CallLog(
    IDbContextFactory<CallCenterDbContext> contexts, ITenantContext tenant, ICaller caller, ICallReaches reaches) : ICallLog
{
    private const int MaxCount = 200;

    private const int StreamPage = 1_000;

    private static readonly Expression<Func<Call, CallRow>> ToRow = call => new CallRow(
        call.Id,
        call.StartedAtUtc,
        call.Direction,
        call.Outcome,
        call.FromNumber,
        call.FromName,
        call.ToNumber,
        call.AnsweredBy,
        call.Via,
        call.WaitSeconds,
        call.TalkSeconds,
        call.HasRecording)
    {
        OutsideE164 = call.OutsideE164,
        Queue = call.Queue,
        Path = call.Path,
    };

    public async Task<Result<KeysetPage<CallRow>>> SearchAsync(
        CallFilter filter, string? cursor = null, int count = 50, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        if (filter.From > filter.To)
        {
            return CallErrors.RangeBackwards;
        }

        var hasNumber = !string.IsNullOrWhiteSpace(filter.Number);
        var tails = hasNumber ? NumberTail.EndingWith(filter.Number!) : null;
        if (hasNumber && tails is null)
        {
            return CallErrors.NumberWithoutDigits;
        }

        count = Math.Clamp(count, 1, MaxCount);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = Narrow(db, filter, tails).Within(db, await reaches.ReadAsync(cancellationToken));

        var key = CallCursor.Parse(cursor);
        var rows = await Page(matching, key).Take(count + 1).Select(ToRow).ToListAsync(cancellationToken);
        var more = rows.Count > count;
        if (key is not null && !more && (key.Newer || rows.Count == 0))
        {
            // The way to newer rows ends at the first page, and that one is full and has no newer one.
            key = null;
            rows = await Page(matching, key).Take(count + 1).Select(ToRow).ToListAsync(cancellationToken);
            more = rows.Count > count;
        }

        if (more)
        {
            rows.RemoveAt(count);
        }

        if (key is { Newer: true })
        {
            rows.Reverse();
        }

        var total = await matching.Select(call => call.Id).Take(KeysetPage<CallRow>.DefaultTotalCap).CountAsync(cancellationToken);

        // Coming from one side, that side has rows for sure, or had them a moment ago.
        var hasNewer = key is { Newer: true } ? more : key is not null;
        var hasOlder = key is { Newer: true } || more;
        rows = await CallRowClients.AddAsync(db, caller, rows, cancellationToken);
        return new KeysetPage<CallRow>(
            rows,
            hasNewer && rows.Count > 0 ? CallCursor.NewerThan(rows[0]).ToString() : null,
            hasOlder && rows.Count > 0 ? CallCursor.OlderThan(rows[^1]).ToString() : null,
            total,
            KeysetPage<CallRow>.DefaultTotalCap);
    }

    public async IAsyncEnumerable<CallExportRow> StreamAsync(
        CallFilter filter, CallPosition? after = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tails = string.IsNullOrWhiteSpace(filter.Number) ? null : NumberTail.EndingWith(filter.Number);
        while (true)
        {
            if (!caller.May(Permissions.Calls.View))
            {
                throw new UnauthorizedAccessException("The caller may not see calls.");
            }

            var key = after is { } position ? CallCursor.After(position) : null;
            var matching = Narrow(db, filter, tails).Within(db, await reaches.ReadAsync(cancellationToken));
            var calls = await Page(matching, key).Take(StreamPage).ToListAsync(cancellationToken);
            var rows = await CallRowClients.AddAsync(db, caller, [.. calls.Select(ToRow.Compile())], cancellationToken);
            foreach (var (call, row) in calls.Zip(rows))
            {
                var line = new CallExportRow(row, call.AnsweredAtUtc, call.EndedAtUtc, call.DurationSeconds, call.Trunk, call.CallKey);
                after = line.Position;
                yield return line;
            }

            if (calls.Count < StreamPage)
            {
                yield break;
            }
        }
    }

    public async Task<Result<CallSums>> SumAsync(CallFilter filter, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tails = string.IsNullOrWhiteSpace(filter.Number) ? null : NumberTail.EndingWith(filter.Number);
        var matching = Narrow(db, filter, tails).Within(db, await reaches.ReadAsync(cancellationToken));
        return await matching.GroupBy(_ => 1)
            .Select(all => new CallSums(
                all.LongCount(),
                all.Sum(call => (long)call.TalkSeconds),
                all.Sum(call => (long)call.WaitSeconds),
                all.LongCount(call => call.Outcome == CallOutcome.Answered)))
            .SingleOrDefaultAsync(cancellationToken) ?? new CallSums(0, 0, 0, 0);
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

        var legs = await db.Set<CallLeg>()
            .Where(leg => leg.CallId == callId)
            .OrderBy(leg => leg.StartedAtUtc)
            .ThenBy(leg => leg.AccountId.Length)
            .ThenBy(leg => leg.AccountId)
            .Select(leg => new CallLegRow(
                leg.StartedAtUtc,
                leg.AnsweredAtUtc,
                leg.EndedAtUtc,
                leg.DurationSeconds,
                leg.BillableSeconds,
                leg.Disposition,
                leg.Action,
                leg.ActionTarget,
                leg.Source,
                leg.Destination,
                leg.AnsweredBy,
                leg.ReachedDevice,
                leg.LastApplication,
                leg.RecordingFiles != ""))
            .ToListAsync(cancellationToken);
        var row = (await CallRowClients.AddAsync(db, caller, [ToRow.Compile()(call)], cancellationToken))[0];
        return new CallDetail(row, call.AnsweredAtUtc, call.EndedAtUtc, call.DurationSeconds, call.Trunk, call.FailureReason, call.CallKey, legs);
    }

    private IQueryable<Call> Narrow(CallCenterDbContext db, CallFilter filter, (long First, long Last)? tails)
    {
        var calls = db.Set<Call>().AsNoTracking();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId);
        if (filter.From is { } firstDay)
        {
            var from = LocalDay.StartUtc(firstDay, zone);
            calls = calls.Where(call => call.StartedAtUtc >= from);
        }

        if (filter.To is { } lastDay)
        {
            var to = LocalDay.EndUtc(lastDay, zone);
            calls = calls.Where(call => call.StartedAtUtc < to);
        }

        if (filter.Outcome is { } outcome)
        {
            calls = calls.Where(call => call.Outcome == outcome);
        }

        if (filter.Direction is { } direction)
        {
            calls = calls.Where(call => call.Direction == direction);
        }

        calls = calls.NarrowToSet(filter);
        calls = CallNumberSearch.Narrow(calls, filter.Number, tails, tenant.Tenant.CountryCode);
        if (caller.May(Permissions.Clients.View))
        {
            calls = CallRowClients.Narrow(db, calls, filter);
        }

        return CallWorkQuery.Narrow(db, calls, filter);
    }

    private static IQueryable<Call> Page(IQueryable<Call> calls, CallCursor? key)
    {
        if (key is null)
        {
            return calls.OrderByDescending(call => call.StartedAtUtc).ThenByDescending(call => call.Id);
        }

        var (at, id) = (key.StartedAtUtc, key.Id);

        // The bare comparison of times says nothing new, but it is the one an index can begin with.
        return key.Newer
            ? calls.Where(call => call.StartedAtUtc >= at && (call.StartedAtUtc > at || call.Id > id))
                .OrderBy(call => call.StartedAtUtc).ThenBy(call => call.Id)
            : calls.Where(call => call.StartedAtUtc <= at && (call.StartedAtUtc < at || call.Id < id))
                .OrderByDescending(call => call.StartedAtUtc).ThenByDescending(call => call.Id);
    }
}
