using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>Stores legs of the current tenant and the calls they make. For the sync; pages have no business with it.</summary>
public interface ICallWriter
{
    /// <summary>
    /// Adds or changes legs, rebuilds every call they touch, and saves the checkpoint, all in one transaction. Doing it again
    /// writes nothing. Safe against a second writer for the same PBX: they take turns.
    /// </summary>
    /// <param name="pbxId">The tenant's PBX connection.</param>
    /// <param name="legs">In any order; of legs with the same natural key the last one counts.</param>
    /// <param name="checkpoint">Saved with the rows; null leaves the sync state alone.</param>
    /// <param name="cancellationToken">Rolls everything back.</param>
    Task<CallWriteResult> WriteAsync(
        Guid pbxId, IReadOnlyCollection<CdrLeg> legs, SyncCheckpoint? checkpoint = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// As <see cref="WriteAsync"/>, but legs that are stored already stay as they are: for sources that say no more than the PBX
    /// itself, such as files and pushes.
    /// </summary>
    Task<CallWriteResult> AddAsync(Guid pbxId, IReadOnlyCollection<CdrLeg> legs, CancellationToken cancellationToken = default);

    /// <summary>For many batches of one PBX, as <see cref="WriteAsync"/> stores them but without the pauses between them.</summary>
    /// <param name="pbxId">The tenant's PBX connection.</param>
    /// <param name="callsWritten">Where <see cref="ICallWriting.CallsWritten"/> begins.</param>
    ICallWriting Begin(Guid pbxId, long callsWritten = 0);
}

/// <summary>What the sync state should say once the legs are stored. Counts are those of the whole run so far.</summary>
/// <param name="CursorUtc">New cursor, UTC; null leaves it. A cursor never goes back.</param>
/// <param name="PagesRead">Pages.</param>
/// <param name="LegsRead">Legs.</param>
/// <param name="SkippedRows">Rows not understood.</param>
/// <param name="CallsWritten">Calls added or changed before this write; its own are added.</param>
public sealed record SyncCheckpoint(DateTime? CursorUtc, long PagesRead, long LegsRead, long SkippedRows, long CallsWritten);

/// <summary>Rows that changed in the database.</summary>
/// <param name="LegsAdded">New legs.</param>
/// <param name="LegsChanged">Legs whose content changed, or that moved to another call.</param>
/// <param name="CallsAdded">New calls.</param>
/// <param name="CallsChanged">Calls with new facts.</param>
/// <param name="CallsRemoved">Calls that became part of another one.</param>
public sealed record CallWriteResult(int LegsAdded, int LegsChanged, int CallsAdded, int CallsChanged, int CallsRemoved)
{
    /// <summary>True when the database already held all of it.</summary>
    public bool WroteNothing => LegsAdded + LegsChanged + CallsAdded + CallsChanged + CallsRemoved == 0;
}
