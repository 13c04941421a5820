using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Sync;

/// <summary>Keeps what a run must remember beyond itself. The cursor is kept by <see cref="CallWriter"/>, with the rows.</summary>
internal sealed class CdrSyncStates(IDbContextFactory<CallCenterDbContext> contexts, TimeProvider time, CallSyncRules rules)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<CdrSyncState?> FindAsync(Guid pbxId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<CdrSyncState>().AsNoTracking().SingleOrDefaultAsync(state => state.PbxId == pbxId, cancellationToken);
    }

    /// <summary>True when the job should leave the PBX alone for now.</summary>
    public async Task<bool> MustWaitAsync(Guid pbxId, CancellationToken cancellationToken) =>
        await FindAsync(pbxId, cancellationToken) is { } state && (state.StoppedAtUtc is not null || state.NextAttemptAtUtc > Now);

    public async Task<CdrSyncState> BeginRunAsync(Guid pbxId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var state = await db.Set<CdrSyncState>().SingleOrDefaultAsync(s => s.PbxId == pbxId, cancellationToken);
        if (state is null)
        {
            state = new CdrSyncState { PbxId = pbxId };
            db.Add(state);
        }

        state.RunStartedAtUtc = Now;
        state.RunEndedAtUtc = null;
        state.PagesRead = state.LegsRead = state.CallsWritten = state.SkippedRows = 0;
        await db.SaveChangesAsync(cancellationToken);
        return state;
    }

    public Task BeginHistoryAsync(CdrSyncState state, DateTime oldestUtc, CancellationToken cancellationToken)
    {
        state.OldestUtc = state.CursorUtc = oldestUtc;
        return ChangeAsync(state.PbxId, s => s.OldestUtc = s.CursorUtc = oldestUtc, cancellationToken);
    }

    public Task SucceedAsync(Guid pbxId, CallSyncPlan plan, CancellationToken cancellationToken) => ChangeAsync(
        pbxId,
        state =>
        {
            var began = state.RunStartedAtUtc;
            state.RunEndedAtUtc = state.LastSucceededAtUtc = Now;
            state.CaughtUpAtUtc ??= Now;
            state.DayReadAtUtc = plan.ReadsDay ? began : state.DayReadAtUtc;
            state.DayBeforeReadInUtc = plan.DayBeforeReadInUtc ?? state.DayBeforeReadInUtc;
            state.FailedAttempts = 0;
            state.NextAttemptAtUtc = null;
            state.StoppedAtUtc = null;
        },
        cancellationToken);

    public Task FailAsync(Guid pbxId, Error error, CancellationToken cancellationToken) => ChangeAsync(
        pbxId,
        state =>
        {
            var kind = CallSyncFailures.KindOf(error);
            state.RunEndedAtUtc = state.LastFailedAtUtc = Now;
            state.LastErrorCode = error.Code;
            state.FailedAttempts++;
            state.StoppedAtUtc = kind == CallSyncFailureKind.Stop ? Now : null;
            state.NextAttemptAtUtc = kind switch
            {
                CallSyncFailureKind.Stop => null,
                CallSyncFailureKind.Lasting => Now + rules.LongestPause,
                _ => Now + Jittered(state.FailedAttempts),
            };
        },
        cancellationToken);

    public Task EndAsync(Guid pbxId, CancellationToken cancellationToken) =>
        ChangeAsync(pbxId, state => state.RunEndedAtUtc = Now, cancellationToken);

    private TimeSpan Jittered(int attempts)
    {
        var pause = rules.FirstPause * Math.Pow(2, Math.Min(attempts - 1, 10));
        pause = pause > rules.LongestPause ? rules.LongestPause : pause;

        // Between half and whole, so that tenants behind one failed line do not come back all at once.
        return pause * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    private async Task ChangeAsync(Guid pbxId, Action<CdrSyncState> change, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        change(await db.Set<CdrSyncState>().SingleAsync(state => state.PbxId == pbxId, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }
}
