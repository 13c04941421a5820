using CallCenter.Core.Audit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>Bulk acts under way and over: how far they are, cancelling, trying again. Checks no permission.</summary>
internal sealed class BulkRuns(
    IDbContextFactory<CallCenterDbContext> contexts, IAuditTrail audit, ITenantContext tenant, ICaller caller, TimeProvider time)
{
    private const int Listed = 20;
    private const int Attempts = 5;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<ExtensionRunProgress>> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<ExtensionRun>().AsNoTracking().SingleOrDefaultAsync(run => run.Id == id, cancellationToken) is { } run
            ? (await RunProgress.ReadAsync(db, [run], cancellationToken))[0]
            : ExtensionErrors.RunNotFound;
    }

    public async Task<IReadOnlyList<ExtensionRunProgress>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var runs = await db.Set<ExtensionRun>().AsNoTracking().OrderByDescending(run => run.StartedAtUtc).ThenByDescending(run => run.Id).Take(Listed).ToListAsync(cancellationToken);
        return await RunProgress.ReadAsync(db, runs, cancellationToken);
    }

    public Task<Result> CancelAsync(Guid id, CancellationToken cancellationToken) => RepeatAsync(async () =>
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        if (await db.Set<ExtensionRun>().SingleOrDefaultAsync(run => run.Id == id, cancellationToken) is not { } run)
        {
            return ExtensionErrors.RunNotFound;
        }

        if (run.CancelledAtUtc is not null || run.FinishedAtUtc is not null)
        {
            return Result.Success;
        }

        // One statement that takes the rows: what the follower marks as sent before it stays with the follower, and what it
        // holds a copy of afterwards has another version there than here. Only then are they looked at.
        var mine = db.Set<Extension>().Where(e => e.RunId == id && e.Step == ExtensionStep.Queued
            && (e.State == ExtensionState.Creating || e.State == ExtensionState.Changing || e.State == ExtensionState.Deleting));
        await mine.ExecuteUpdateAsync(set => set.SetProperty(e => e.Version, e => e.Version + 1), cancellationToken);
        var taken = (await mine.ToListAsync(cancellationToken)).Where(row => row.MayTakeBack).ToList();
        foreach (var row in taken)
        {
            if (row.Operation == ExtensionOperation.Create)
            {
                db.Remove(row);
            }
            else
            {
                row.TakeBack(Now);
            }
        }

        run.TakenBack += taken.Count;
        run.CancelledAtUtc = Now;
        audit.Append(db, new AuditNote(ExtensionAuditActions.RunCancelled, AuditSubjects.ExtensionRun, id.ToString("D"), run.Kind.ToString())
        {
            After = new AuditValues { ["total"] = run.Total, ["takenBack"] = taken.Count },
        });
        await db.SaveChangesAsync(cancellationToken);
        if (!await db.Set<Extension>().AnyAsync(
            e => e.RunId == id && (e.State == ExtensionState.Creating || e.State == ExtensionState.Changing || e.State == ExtensionState.Deleting), cancellationToken))
        {
            // The follower would end it too, but not for a tenant whose PBX connection is gone.
            run.FinishedAtUtc = Now;
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    });

    public Task<Result> RetryFailedAsync(Guid id, CancellationToken cancellationToken) => RepeatAsync(async () =>
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        if (await db.Set<ExtensionRun>().SingleOrDefaultAsync(run => run.Id == id, cancellationToken) is not { } run)
        {
            return ExtensionErrors.RunNotFound;
        }

        var failed = await db.Set<Extension>().Where(e => e.RunId == id && e.State == ExtensionState.Failed).ToListAsync(cancellationToken);
        foreach (var row in failed)
        {
            row.Retry(caller.Name, Now);
            audit.Append(db, ExtensionAudit.Note(ExtensionAuditActions.RetryAsked, row));
        }

        if (failed.Count > 0)
        {
            // A new version in any case: whoever is ending the run in this moment must look again.
            run.FinishedAtUtc = null;
            db.Entry(run).State = EntityState.Modified;
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return Result.Success;
    });

    /// <summary>The follower writes rows and counts removals in the run at any moment; whoever comes second looks again.</summary>
    private static async Task<Result> RepeatAsync(Func<Task<Result>> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await act();
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // Rolled back whole.
            }
            catch (DbUpdateConcurrencyException)
            {
                return ExtensionErrors.Conflict;
            }
        }
    }
}
