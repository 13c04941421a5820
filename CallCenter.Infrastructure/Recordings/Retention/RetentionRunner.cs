using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Recordings.Retention;

/// <summary>Deletes by age, one tenant at a time; the caller holds the tenant's lease.</summary>
internal sealed class RetentionRunner(IDbContextFactory<CallCenterDbContext> contexts, RecordingRemoval removal, IAuditTrail audit, TimeProvider time)
{
    private const int Batch = 500;

    /// <summary>How often it looks by itself.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Ends what a crash left, then does what was asked for, or what is due by the hour.</summary>
    /// <param name="lookByItself">True when the hour is over.</param>
    /// <param name="cancellationToken">Stops between batches; the next run goes on.</param>
    public async Task<Result> RunAsync(bool lookByItself, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await db.Set<RetentionRun>()
            .Where(open => open.State == RetentionRunState.Queued || open.State == RetentionRunState.Running)
            .OrderBy(open => open.StartedAtUtc)
            .FirstOrDefaultAsync(cancellationToken);
        var begun = await db.Set<Recording>().AnyAsync(recording => recording.State == RecordingState.Deleting, cancellationToken);
        if (run is null && !begun && !(lookByItself && await AnyDueAsync(db, cancellationToken)))
        {
            return Result.Success;
        }

        run ??= db.Add(new RetentionRun { StartedAtUtc = Now, ByName = "" }).Entity;
        run.State = RetentionRunState.Running;
        await db.SaveChangesAsync(cancellationToken);
        return await RunAsync(db, run, cancellationToken);
    }

    private async Task<Result> RunAsync(CallCenterDbContext db, RetentionRun run, CancellationToken cancellationToken)
    {
        async Task RemovedAsync(int count, long bytes)
        {
            run.Deleted += count;
            run.Bytes += bytes;
            await db.SaveChangesAsync(cancellationToken);
        }

        var result = await removal.FinishAsync(RemovedAsync, cancellationToken);
        var rules = await DueRecordings.RulesAsync(db, Now, cancellationToken);
        foreach (var rule in rules)
        {
            while (result.Succeeded)
            {
                var ids = await DueRecordings.Of(db, rule).NotHeld(db)
                    .OrderBy(recording => recording.StartedAtUtc).Select(recording => recording.Id).Take(Batch).ToListAsync(cancellationToken);
                if (ids.Count == 0 || await RecordingRemoval.MarkAsync(db, ids, cancellationToken) == 0)
                {
                    break;
                }

                result = await removal.FinishAsync(RemovedAsync, cancellationToken);
            }
        }

        run.Held = 0;
        foreach (var rule in rules)
        {
            run.Held += await DueRecordings.Of(db, rule).Held(db).CountAsync(cancellationToken);
        }

        run.State = result.Succeeded ? RetentionRunState.Done : RetentionRunState.Failed;
        run.Failure = result.Error?.Code ?? "";
        run.FinishedAtUtc = Now;
        if (run.Deleted > 0)
        {
            audit.Append(db, new AuditNote(RetentionAuditActions.Deleted, AuditSubjects.Recordings, run.Id.ToString(), "")
            {
                After = new AuditValues { ["recordings"] = run.Deleted, ["bytes"] = run.Bytes, ["held"] = run.Held },
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        return result;
    }

    private async Task<bool> AnyDueAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        foreach (var rule in await DueRecordings.RulesAsync(db, Now, cancellationToken))
        {
            if (await DueRecordings.Of(db, rule).NotHeld(db).AnyAsync(cancellationToken))
            {
                return true;
            }
        }

        return false;
    }
}
