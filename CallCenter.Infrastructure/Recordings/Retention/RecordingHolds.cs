using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Recordings.Retention;

internal sealed class RecordingHolds(
    IDbContextFactory<CallCenterDbContext> contexts, ICallReaches reaches, IAuditTrail audit, ICaller caller, TimeProvider time) : IRecordingHolds
{
    private const int MostHolds = 500;

    public async Task<Result<HoldView>> HoldAsync(Guid callId, string reason, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindCallAsync(db, callId, cancellationToken) is { Error: { } error })
        {
            return error;
        }

        reason = CleanText.Of(reason.Trim(), CallHold.ReasonMaxLength);
        if (reason.Length == 0)
        {
            return RetentionErrors.ReasonMissing;
        }

        var hold = await db.Set<CallHold>().SingleOrDefaultAsync(row => row.CallId == callId, cancellationToken);
        var before = hold is null ? null : new AuditValues { ["reason"] = hold.Reason };
        if (hold is null)
        {
            db.Add(new CallHold
            {
                CallId = callId,
                Reason = reason,
                ByUserId = caller.UserId ?? Guid.Empty,
                ByName = caller.Name,
                AtUtc = time.GetUtcNow().UtcDateTime,
            });
        }
        else
        {
            hold.Reason = reason;
        }

        audit.Append(db, NoteOf(RetentionAuditActions.Held, callId) with { Before = before, After = new AuditValues { ["reason"] = reason } });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (hold is null && !cancellationToken.IsCancellationRequested)
        {
            // Somebody else held it in the same moment; a real fault fails the look below too.
        }

        // Counted after the hold is there: what is gone by now went before it.
        return await ViewsAsync(db, db.Set<CallHold>().Where(row => row.CallId == callId), cancellationToken) is [var view] ? view : CallErrors.NotFound;
    }

    public async Task<Result> ReleaseAsync(Guid callId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindCallAsync(db, callId, cancellationToken) is { Error: { } error })
        {
            return error;
        }

        if (await db.Set<CallHold>().SingleOrDefaultAsync(row => row.CallId == callId, cancellationToken) is not { } hold)
        {
            return Result.Success;
        }

        db.Remove(hold);
        audit.Append(db, NoteOf(RetentionAuditActions.Released, callId) with { Before = new AuditValues { ["reason"] = hold.Reason } });
        await db.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }

    public async Task<Result<HoldView?>> FindAsync(Guid callId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindCallAsync(db, callId, cancellationToken) is { Error: { } error }
            ? error
            : (await ViewsAsync(db, db.Set<CallHold>().Where(row => row.CallId == callId), cancellationToken)).SingleOrDefault();
    }

    public async Task<Result<IReadOnlyList<HoldView>>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Recordings.Hold))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ViewsAsync(db, db.Set<CallHold>(), cancellationToken);
    }

    private async Task<Result> FindCallAsync(CallCenterDbContext db, Guid callId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Recordings.Hold))
        {
            return AccessErrors.Denied;
        }

        var calls = db.Set<Call>().Within(db, await reaches.ReadAsync(cancellationToken));
        return await calls.AnyAsync(call => call.Id == callId, cancellationToken) ? Result.Success : CallErrors.NotFound;
    }

    private async Task<List<HoldView>> ViewsAsync(CallCenterDbContext db, IQueryable<CallHold> holds, CancellationToken cancellationToken)
    {
        var calls = db.Set<Call>().Within(db, await reaches.ReadAsync(cancellationToken));
        return await holds.Join(calls, hold => hold.CallId, call => call.Id, (hold, call) => new { hold, call })
            .OrderByDescending(row => row.hold.AtUtc)
            .Take(MostHolds)
            .Select(row => new HoldView(
                row.call.Id,
                row.call.StartedAtUtc,
                row.call.FromNumber,
                row.call.ToNumber,
                row.hold.Reason,
                row.hold.ByName,
                row.hold.AtUtc,
                db.Set<Recording>().Count(recording => recording.CallId == row.call.Id && recording.State != RecordingState.Deleting && recording.State != RecordingState.Deleted),
                db.Set<Recording>().Count(recording => recording.CallId == row.call.Id && recording.State == RecordingState.Deleted)))
            .ToListAsync(cancellationToken);
    }

    private static AuditNote NoteOf(string action, Guid callId) => new(action, AuditSubjects.Call, callId.ToString(), "");
}
