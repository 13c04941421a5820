using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>
/// Batch after batch of one PBX, stored in the order in which they are added, each in a transaction of its own. One batch is written
/// while the caller fetches the next one and that is prepared. After a failed write nothing is written any more.
/// </summary>
public interface ICallWriting : IAsyncDisposable
{
    /// <summary>Calls added or changed by what is stored so far, those before it included.</summary>
    long CallsWritten { get; }

    /// <summary>Returns when the batches before this one are stored. The legs are copied.</summary>
    /// <param name="legs">As in <see cref="ICallWriter.WriteAsync"/>.</param>
    /// <param name="checkpoint">Saved with the rows, with <see cref="CallsWritten"/> as it is then.</param>
    /// <param name="cancellationToken">Stops this write, also after the method has returned.</param>
    /// <exception cref="Exception">Why an earlier batch could not be stored.</exception>
    Task AddAsync(IReadOnlyCollection<CdrLeg> legs, SyncCheckpoint? checkpoint, CancellationToken cancellationToken = default);

    /// <summary>Returns when everything is stored; throws when the last batch could not be.</summary>
    Task CompleteAsync();
}
