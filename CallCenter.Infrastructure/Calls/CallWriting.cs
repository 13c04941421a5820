using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Calls;

/// <summary>One write at a time, in the order given; the next batch is prepared while one is written.</summary>
internal sealed class CallWriting(CallWriter writer, Guid pbxId, long callsWritten) : ICallWriting
{
    private Task _writing = Task.CompletedTask;
    private bool _isNew = true;

    public long CallsWritten { get; private set; } = callsWritten;

    public async Task AddAsync(IReadOnlyCollection<CdrLeg> legs, SyncCheckpoint? checkpoint, CancellationToken cancellationToken = default)
    {
        // Legs that are stored already make no calls, so after a batch of them it is not worth guessing that these are new.
        var (batch, withCalls) = (legs.ToArray(), _isNew);
        var preparing = Task.Run(() => writer.Prepare(pbxId, batch, withCalls), cancellationToken);
        try
        {
            await _writing;
        }
        catch
        {
            await ((Task)preparing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        _writing = WriteAsync(preparing, checkpoint, cancellationToken);
    }

    public Task CompleteAsync() => _writing;

    public async ValueTask DisposeAsync() => await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task WriteAsync(Task<CallDrafts> preparing, SyncCheckpoint? checkpoint, CancellationToken cancellationToken)
    {
        var drafts = await preparing;
        var written = await writer.WriteAsync(pbxId, drafts, checkpoint is null ? null : checkpoint with { CallsWritten = CallsWritten }, keepStored: false, cancellationToken);
        CallsWritten += written.CallsAdded + written.CallsChanged;
        _isNew = written.LegsAdded * 2 > drafts.Legs.Count;
    }
}
