using CallCenter.Core.Extensions;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Extensions.Following;

/// <summary>
/// One owner's work on one PBX: writes what is due, gathers, applies once, completes. It keeps nothing in memory that matters:
/// killed anywhere, the next pass goes on from the rows.
/// </summary>
internal sealed class FollowPass(
    IDbContextFactory<CallCenterDbContext> contexts,
    RowWriter writer,
    RowCompletion completion,
    ApplyStates states,
    IPbxExtensions port,
    TenantNotices notices,
    ITenantContext tenant,
    IOptions<FollowOptions> options,
    TimeProvider time,
    ILogger<FollowPass> logger)
{
    /// <summary>Longer pauses are left to the job.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private int _failures;
    private DateTime _writtenAtUtc;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>A look without the lease, so that idle tenants cost two small queries.</summary>
    public async Task<bool> HasWorkAsync(bool insist, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var state = await db.Set<PbxApply>().AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        if (!insist && state is { HoldsWrites: true } && state.NotBeforeUtc > Now)
        {
            return false;
        }

        return state?.DirtySinceUtc is not null
            || await Pending(db).AnyAsync(cancellationToken)

            // Its last row was settled by a process that ended before it could end the run.
            || await db.Set<ExtensionRun>().AnyAsync(run => run.FinishedAtUtc == null, cancellationToken);
    }

    public async Task RunAsync(PbxEndpoint pbx, FollowSignal signal, bool insist, CancellationToken cancellationToken)
    {
        if (insist)
        {
            await InsistAsync(pbx, cancellationToken);
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var state = await states.ReadAsync(pbx.PbxId, cancellationToken);
            if (state.HoldsWrites && state.NotBeforeUtc > Now)
            {
                if (!await WaitAsync(state.NotBeforeUtc.Value - Now, signal, cancellationToken))
                {
                    return;
                }

                continue;
            }

            var applyFrom = states.ApplyFromUtc(state);
            var overdue = state.DirtySinceUtc is { } dirty && Now - dirty >= options.Value.LongestGather && applyFrom <= Now;
            var due = overdue ? [] : await DueAsync(pbx, cancellationToken);
            if (due.Count > 0)
            {
                await WriteAsync(pbx, state, due, cancellationToken);
                continue;
            }

            if (state.DirtySinceUtc is null && !await AnyWrittenAsync(pbx, cancellationToken))
            {
                await completion.FinishRunsAsync(pbx.PbxId, cancellationToken);
                if (await NextDueAsync(pbx, cancellationToken) is not { } next || !await WaitAsync(next - Now, signal, cancellationToken))
                {
                    return;
                }

                continue;
            }

            var quietFrom = _writtenAtUtc + options.Value.GatherWindow;
            var from = overdue || quietFrom < applyFrom ? applyFrom : quietFrom;
            if (from > Now)
            {
                if (!await WaitAsync(from - Now, signal, cancellationToken))
                {
                    return;
                }

                continue;
            }

            await ApplyAsync(pbx, cancellationToken);
        }
    }

    private async Task WriteAsync(PbxEndpoint pbx, PbxApply state, IReadOnlyList<Guid> due, CancellationToken cancellationToken)
    {
        if (state.DirtySinceUtc is null)
        {
            await states.MarkDirtyAsync(pbx.PbxId, cancellationToken);
        }

        foreach (var id in due)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var failure = await writer.WriteAsync(pbx, id, cancellationToken);
            _writtenAtUtc = Now;
            notices.Raise(NoticeTopic.Extensions, tenant.TenantId);
            if (failure is null)
            {
                _failures = 0;
                continue;
            }

            await PauseAsync(pbx, failure, cancellationToken);
            return;
        }
    }

    private async Task ApplyAsync(PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        // Rows written after this moment would be in doubt; this pass writes none until the answer is there.
        var written = await WrittenAsync(pbx, cancellationToken);
        await states.MarkSentAsync(pbx.PbxId, cancellationToken);
        var answer = await port.ApplyAsync(pbx, cancellationToken);
        if (answer.Error is not { } error)
        {
            _failures = 0;
            await completion.CompleteAsync(pbx, written, cancellationToken);
            await states.MarkAppliedAsync(pbx.PbxId, cancellationToken);
            await states.WaitAsync(pbx.PbxId, null, options.Value.ApplySpacing, cancellationToken);
            await completion.FinishRunsAsync(pbx.PbxId, cancellationToken);
        }
        else if (FollowFailures.IsApplyWait(error))
        {
            var pause = error.Code == ExtensionErrors.ApplyTooSoon.Code ? options.Value.ApplySpacing : options.Value.BusyPause;
            await states.WaitAsync(pbx.PbxId, error, answer.RetryAfter is { } wanted && wanted > pause ? wanted : pause, cancellationToken);
        }
        else if (answer.InDoubt)
        {
            // Applying again is harmless; what it would have put into force is put into force then.
            logger.LogInformation("The PBX's answer to applying was lost ({Code}); it is asked again.", error.Code);
            await states.WaitAsync(pbx.PbxId, ExtensionErrors.InDoubt, options.Value.ApplySpacing, cancellationToken);
        }
        else
        {
            await PauseAsync(pbx, error, cancellationToken);
        }

        notices.Raise(NoticeTopic.Extensions, tenant.TenantId);
    }

    private async Task PauseAsync(PbxEndpoint pbx, Core.Primitives.Error error, CancellationToken cancellationToken)
    {
        _failures++;
        var pause = FollowFailures.IsCredentials(error) || FollowFailures.IsDefinite(error) ? options.Value.LongestPause : options.Value.PauseAfter(_failures);
        logger.LogWarning("The PBX cannot be written to ({Code}); next attempt in {Pause}.", error.Code, pause);
        await states.WaitAsync(pbx.PbxId, error, pause, cancellationToken);
        notices.Raise(NoticeTopic.Extensions, tenant.TenantId);
    }

    /// <summary>False when the wait is so long that the job should come back instead.</summary>
    private async Task<bool> WaitAsync(TimeSpan span, FollowSignal signal, CancellationToken cancellationToken)
    {
        if (span > LongestWait)
        {
            return false;
        }

        if (span > TimeSpan.Zero)
        {
            await signal.WaitAsync(span, time, cancellationToken);
            signal.Reset();
        }

        return true;
    }

    private async Task InsistAsync(PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        await states.ResumeAsync(pbx.PbxId, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var extension in await Pending(db).Where(e => e.PbxId == pbx.PbxId && e.NextAttemptAtUtc != null).ToListAsync(cancellationToken))
        {
            extension.Resume();
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<List<Guid>> DueAsync(PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        var now = Now;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Pending(db)
            .Where(e => e.PbxId == pbx.PbxId && e.Step != ExtensionStep.Written && (e.NextAttemptAtUtc == null || e.NextAttemptAtUtc <= now))
            .OrderBy(e => e.StepAtUtc).ThenBy(e => e.Id)
            .Select(e => e.Id)
            .Take(options.Value.BatchSize)
            .ToListAsync(cancellationToken);
    }

    private async Task<DateTime?> NextDueAsync(PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Pending(db).Where(e => e.PbxId == pbx.PbxId).MinAsync(e => e.NextAttemptAtUtc, cancellationToken);
    }

    private async Task<bool> AnyWrittenAsync(PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Written(db, pbx).AnyAsync(cancellationToken);
    }

    private async Task<List<Guid>> WrittenAsync(PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Written(db, pbx).OrderBy(e => e.StepAtUtc).Select(e => e.Id).ToListAsync(cancellationToken);
    }

    private static IQueryable<Extension> Written(CallCenterDbContext db, PbxEndpoint pbx) =>
        Pending(db).Where(e => e.PbxId == pbx.PbxId && e.Step == ExtensionStep.Written);

    private static IQueryable<Extension> Pending(CallCenterDbContext db) => db.Set<Extension>().Where(e =>
        e.State == ExtensionState.Creating || e.State == ExtensionState.Changing || e.State == ExtensionState.Deleting);
}
