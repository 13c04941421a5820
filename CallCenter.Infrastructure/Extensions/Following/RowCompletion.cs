using CallCenter.Core.Audit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Extensions.Following;

/// <summary>Ends operations whose writes are in force, after a last look at the PBX.</summary>
internal sealed class RowCompletion(
    IDbContextFactory<CallCenterDbContext> contexts,
    IPbxExtensions port,
    TakenNumbers taken,
    ISecretProtector protector,
    IAuditTrail audit,
    TenantNotices notices,
    ITenantContext tenant,
    TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task CompleteAsync(PbxEndpoint pbx, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await CompleteAsync(pbx, id, cancellationToken);
            notices.Raise(NoticeTopic.Extensions, tenant.TenantId);
        }

        taken.Forget(pbx.TenantId, pbx.PbxId);
    }

    /// <summary>Ends the runs in which nothing is left to do.</summary>
    public async Task FinishRunsAsync(Guid pbxId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var finished = await db.Set<ExtensionRun>()
            .Where(run => run.PbxId == pbxId && run.FinishedAtUtc == null)
            .Where(run => !db.Set<Extension>().Any(e => e.RunId == run.Id
                && (e.State == ExtensionState.Creating || e.State == ExtensionState.Changing || e.State == ExtensionState.Deleting)))
            .ToListAsync(cancellationToken);
        foreach (var run in finished)
        {
            run.FinishedAtUtc = Now;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Cancelled in this very moment; the next look ends it.
        }
    }

    private async Task CompleteAsync(PbxEndpoint pbx, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Extension>().SingleOrDefaultAsync(e => e.Id == id, cancellationToken) is not { IsPending: true, Step: ExtensionStep.Written } row)
        {
            return;
        }

        var found = await port.FindAsync(pbx, row.Number, cancellationToken);
        var note = row.State == ExtensionState.Deleting ? await RemoveAsync(db, row, found, cancellationToken) : Settle(row, found);
        audit.Append(db, note);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody wrote the row in this very moment; it still says "written", so the next applying completes it.
        }
    }

    /// <summary>
    /// Settings that the PBX does not show as wanted are differences, which people settle; an extension that is not there or has
    /// another secret is useless, and that is a failure.
    /// </summary>
    private AuditNote Settle(Extension row, Result<PbxExtension?> found)
    {
        var there = found.Succeeded ? found.Value : null;
        var wantedSecret = protector.WantedSecretOf(row);
        if (found.Succeeded && (there is null || (wantedSecret is not null && there.Secret is { } secret && secret.Reveal() != wantedSecret.Reveal())))
        {
            return Fail(row);
        }

        var created = row.Operation == ExtensionOperation.Create;
        row.Complete(there?.ProfileOver(row.Wanted), Now);
        return ExtensionAudit.Note(created ? ExtensionAuditActions.Created : ExtensionAuditActions.Changed, row) with
        {
            After = new AuditValues { ["requestedBy"] = row.RequestedBy },
        };
    }

    private async Task<AuditNote> RemoveAsync(CallCenterDbContext db, Extension row, Result<PbxExtension?> found, CancellationToken cancellationToken)
    {
        if (row.Operation == ExtensionOperation.Delete && found is { Succeeded: true, Value: not null })
        {
            return Fail(row);
        }

        var note = ExtensionAudit.Note(ExtensionAuditActions.Deleted, row) with { After = new AuditValues { ["requestedBy"] = row.RequestedBy } };
        if (row.Operation == ExtensionOperation.Undo && !row.IsNew)
        {
            row.CompleteUndo(Now);
            return note;
        }

        if (row.RunId is { } runId && await db.Set<ExtensionRun>().SingleOrDefaultAsync(run => run.Id == runId, cancellationToken) is { } run)
        {
            run.Removed++;
        }

        db.Remove(row);
        return note;
    }

    private AuditNote Fail(Extension row)
    {
        row.Fail(ExtensionErrors.NotTaken.Code, [], Now);
        return ExtensionAudit.Note(ExtensionAuditActions.Failed, row) with
        {
            After = new AuditValues { ["operation"] = row.Operation, ["error"] = ExtensionErrors.NotTaken.Code, ["requestedBy"] = row.RequestedBy },
        };
    }
}
