using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Sync;

internal sealed class CallSync(
    CallSyncRuns runs,
    CdrSyncStates states,
    TenantNotices notices,
    IPbxDirectory directory,
    IDbContextFactory<CallCenterDbContext> contexts,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller) : ICallSync
{
    public async Task<Result<CallSyncProgress>> StartAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.Sync))
        {
            return AccessErrors.Denied;
        }

        var pbx = await directory.GetAsync(cancellationToken);
        if (pbx.Error is { } error)
        {
            return error;
        }

        var started = await runs.StartOrJoinAsync(tenant.Tenant, pbx.Value, cancellationToken);
        if (started.Error is { } busy)
        {
            return busy;
        }

        if (started.Value.IsNew)
        {
            await NoteAsync(CallAuditActions.SyncStarted, pbx.Value, cancellationToken);
        }

        return started.Value.Run.Progress;
    }

    public async Task<Result> CancelAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.Sync))
        {
            return AccessErrors.Denied;
        }

        if (runs.Find(tenant.TenantId) is not { } run)
        {
            return CallErrors.SyncNotRunning;
        }

        run.Cancel();
        if ((await directory.GetAsync(cancellationToken)) is { Succeeded: true } pbx)
        {
            await NoteAsync(CallAuditActions.SyncCancelled, pbx.Value, cancellationToken);
        }

        return Result.Success;
    }

    public async Task<Result<CallSyncStatus>> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        var running = runs.Find(tenant.TenantId)?.Progress;
        var pbx = await directory.GetAsync(cancellationToken);
        if (pbx.Error?.Code == TelephonyErrors.NotConfigured.Code)
        {
            return new CallSyncStatus(false, running, null, false, null, null, null, 0, null, false, 0);
        }

        var state = pbx.Succeeded ? await states.FindAsync(pbx.Value.PbxId, cancellationToken) : null;
        var failedLast = state is not null && state.LastFailedAtUtc > (state.LastSucceededAtUtc ?? DateTime.MinValue);
        return new CallSyncStatus(
            IsConfigured: true,
            running,
            state?.CursorUtc,
            state?.CaughtUpAtUtc is not null,
            state?.LastSucceededAtUtc,
            state?.LastFailedAtUtc,
            pbx.Error?.Code ?? (failedLast ? state!.LastErrorCode : null),
            state?.FailedAttempts ?? 0,
            state?.NextAttemptAtUtc,
            state?.StoppedAtUtc is not null,
            state?.SkippedRows ?? 0);
    }

    public IDisposable Subscribe(Func<Task> changed) => notices.Subscribe(NoticeTopic.Calls, tenant.TenantId, changed);

    private async Task NoteAsync(string action, PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        audit.Append(db, new AuditNote(action, AuditSubjects.Pbx, pbx.PbxId.ToString("D"), pbx.Host));
        await db.SaveChangesAsync(cancellationToken);
    }
}
