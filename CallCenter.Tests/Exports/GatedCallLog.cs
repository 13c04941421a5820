using System.Runtime.CompilerServices;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Tests.Exports;

/// <summary>A history whose stream stops in the middle until it is let go, so that a test can act meanwhile.</summary>
internal sealed class GatedCallLog(CallGate gate) : ICallLog
{
    public Task<Result<KeysetPage<CallRow>>> SearchAsync(CallFilter filter, string? cursor = null, int count = 50, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public async IAsyncEnumerable<CallExportRow> StreamAsync(CallFilter filter, CallPosition? after = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < 5_000; i++)
        {
            if (i == 2_500)
            {
                gate.Reached.TrySetResult();
                await gate.Open.Task.WaitAsync(cancellationToken);
            }

            var at = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(-i);
            yield return new CallExportRow
            {
                Id = Guid.NewGuid(),
                StartedAtUtc = at,
                AnsweredAtUtc = at,
                EndedAtUtc = at,
                Direction = CallDirection.Inbound,
                Outcome = CallOutcome.Answered,
                FromNumber = "1",
                FromName = "",
                ToNumber = "2",
                AnsweredBy = "3",
                Trunk = "",
                WaitSeconds = 1,
                TalkSeconds = 2,
                DurationSeconds = 3,
                CallKey = "",
            };
        }
    }

    public Task<Result<CallSums>> SumAsync(CallFilter filter, CancellationToken cancellationToken = default) => Task.FromResult<Result<CallSums>>(new CallSums(5_000, 0, 0, 0));

    public Task<Result<CallDetail>> FindAsync(Guid callId, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}

internal sealed class CallGate
{
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
