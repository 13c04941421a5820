using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Notices;

namespace CallCenter.Infrastructure.Calls.Sync;

/// <summary>One run in this process: where it is, how to end it, and when it ended.</summary>
internal sealed class CallSyncRun(Guid tenantId, DateTime startedAtUtc, TenantNotices notices, CancellationToken stopping) : IDisposable
{
    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private readonly TaskCompletionSource<CallSyncProgress> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CallSyncProgress _progress = new(CallSyncPhase.Preparing, startedAtUtc);

    public CallSyncProgress Progress => _progress;

    public CancellationToken Token => _cancel.Token;

    /// <summary>The last progress, once the run ended; never fails.</summary>
    public Task<CallSyncProgress> Completion => _completion.Task;

    public void Report(CallSyncProgress progress)
    {
        _progress = progress;
        notices.Raise(NoticeTopic.Calls, tenantId);
    }

    public void Cancel() => _cancel.Cancel();

    public void Complete(CallSyncProgress progress)
    {
        Report(progress);
        _completion.TrySetResult(progress);
    }

    public void Dispose() => _cancel.Dispose();
}
