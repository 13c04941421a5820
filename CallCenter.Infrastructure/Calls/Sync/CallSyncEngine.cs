using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;

namespace CallCenter.Infrastructure.Calls.Sync;

/// <summary>
/// Does one run: windows of time from the cursor to now (before a long history, the newest days), each stored as it comes, the cursor moved when a window is complete.
/// Ending anywhere, even by a power cut, loses nothing: what the cursor has not passed is read again.
/// </summary>
internal sealed class CallSyncEngine(
    IEnumerable<ICdrSource> sources, ICallWriter writer, CdrSyncStates states, ITenantContext tenant, TimeProvider time, CallSyncRules rules)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Runs to the end and saves how it went.</summary>
    /// <returns>The last progress: done or failed.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the state says that the run ended.</exception>
    public async Task<CallSyncProgress> RunAsync(PbxEndpoint pbx, CallSyncRun run, CancellationToken cancellationToken)
    {
        var state = await states.BeginRunAsync(pbx.PbxId, cancellationToken);
        var result = await RunAsync(pbx, state, run, cancellationToken);
        if (result.Error is { } error)
        {
            await states.FailAsync(pbx.PbxId, error, cancellationToken);
            return run.Progress with { Phase = CallSyncPhase.Failed, Error = error };
        }

        await states.SucceedAsync(pbx.PbxId, result.Value, cancellationToken);
        return run.Progress with { Phase = CallSyncPhase.Done, Fraction = 1, Error = null };
    }

    private async Task<Result<CallSyncPlan>> RunAsync(PbxEndpoint pbx, CdrSyncState state, CallSyncRun run, CancellationToken cancellationToken)
    {
        if (sources.FirstOrDefault(s => s.Kind == pbx.Kind) is not { } source)
        {
            return TelephonyErrors.Unsupported;
        }

        if (state.CursorUtc is null)
        {
            var oldest = await RetryAsync(run, () => source.FindOldestAsync(pbx, cancellationToken), cancellationToken);
            if (oldest.Error is { } notFound)
            {
                return notFound;
            }

            await states.BeginHistoryAsync(state, (oldest.Value ?? Now) - rules.OldestMargin, cancellationToken);
        }

        await using var writing = writer.Begin(pbx.PbxId, run.Progress.CallsWritten);
        var plan = CallSyncPlan.Make(state, Now, TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId), rules);
        if (plan.IsHistory && plan.ToUtc - rules.NewestFirst > plan.FromUtc)
        {
            var newest = new CdrWindow(plan.ToUtc - rules.NewestFirst, plan.ToUtc);
            run.Report(run.Progress with { Phase = CallSyncPhase.Recent, WindowFromUtc = newest.FromUtc, WindowToUtc = newest.ToUtc, Fraction = 0, Error = null });
            var read = await RetryAsync(run, () => ReadWindowAsync(source, pbx, newest, movesCursor: false, writing, run, cancellationToken), cancellationToken);
            if (read.Error is { } error)
            {
                await CompleteAsync(writing, run);
                return error;
            }
        }

        var span = rules.FirstWindow;
        for (var from = plan.FromUtc; from < plan.ToUtc;)
        {
            var to = plan.ToUtc - from <= span ? plan.ToUtc : from + span;
            var window = new CdrWindow(from, to);
            run.Report(run.Progress with
            {
                Phase = plan.IsHistory ? CallSyncPhase.History : CallSyncPhase.Recent,
                WindowFromUtc = from,
                WindowToUtc = to,
                Fraction = (from - plan.FromUtc) / (plan.ToUtc - plan.FromUtc),
                Error = null,
            });

            var read = await RetryAsync(run, () => ReadWindowAsync(source, pbx, window, movesCursor: true, writing, run, cancellationToken), cancellationToken);
            if (read.Error is { } error)
            {
                await CompleteAsync(writing, run);
                return error;
            }

            span = rules.NextWindow(span, read.Value);
            from = to;
        }

        await CompleteAsync(writing, run);
        return plan;
    }

    /// <summary>Gives the number of legs in the window.</summary>
    private async Task<Result<int>> ReadWindowAsync(
        ICdrSource source, PbxEndpoint pbx, CdrWindow window, bool movesCursor, ICallWriting writing, CallSyncRun run, CancellationToken cancellationToken)
    {
        var legs = new List<CdrLeg>(rules.LegsPerWrite);
        var count = 0;
        await foreach (var read in source.ReadAsync(pbx, window, cancellationToken).WithCancellation(cancellationToken))
        {
            if (read.Error is { } error)
            {
                // Keeps what came so far, so that progress on a shaky line is not lost; the cursor stays.
                await StoreAsync(writing, legs, null, run, cancellationToken);
                return error;
            }

            legs.AddRange(read.Value.Legs);
            count += read.Value.Legs.Count;
            var progress = run.Progress;
            run.Report(progress with
            {
                PagesRead = progress.PagesRead + 1,
                LegsRead = progress.LegsRead + read.Value.Legs.Count,
                SkippedRows = progress.SkippedRows + read.Value.SkippedRows,
            });
            if (legs.Count >= rules.LegsPerWrite)
            {
                await StoreAsync(writing, legs, null, run, cancellationToken);
            }
        }

        // Never beyond our own now: a call that begins in a moment has not been read.
        DateTime? cursor = !movesCursor ? null : window.ToUtc < Now ? window.ToUtc : run.Progress.StartedAtUtc;
        await StoreAsync(writing, legs, cursor, run, cancellationToken);
        return count;
    }

    /// <summary>Returns when what came before is stored; the next pages are read while this is.</summary>
    private static async Task StoreAsync(ICallWriting writing, List<CdrLeg> legs, DateTime? cursorUtc, CallSyncRun run, CancellationToken cancellationToken)
    {
        var progress = run.Progress;
        var checkpoint = new SyncCheckpoint(cursorUtc, progress.PagesRead, progress.LegsRead, progress.SkippedRows, writing.CallsWritten);
        await writing.AddAsync(legs, checkpoint, cancellationToken);
        legs.Clear();
        run.Report(run.Progress with { CallsWritten = writing.CallsWritten });
    }

    private static async Task CompleteAsync(ICallWriting writing, CallSyncRun run)
    {
        await writing.CompleteAsync();
        run.Report(run.Progress with { CallsWritten = writing.CallsWritten });
    }

    private async Task<Result<T>> RetryAsync<T>(CallSyncRun run, Func<Task<Result<T>>> step, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var result = await step();
            if (result.Error is not { } error || attempt == rules.Retries.Count || CallSyncFailures.KindOf(error) != CallSyncFailureKind.Passing)
            {
                return result;
            }

            var before = run.Progress;
            run.Report(before with { Phase = CallSyncPhase.Waiting, Error = error });
            await Task.Delay(rules.Retries[attempt] * (0.5 + Random.Shared.NextDouble()), time, cancellationToken);
            run.Report(run.Progress with { Phase = before.Phase, Error = null });
        }
    }
}
