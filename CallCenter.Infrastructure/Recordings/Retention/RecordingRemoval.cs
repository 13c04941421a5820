using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Recordings.Retention;

/// <summary>
/// Deletes recordings so that a crash between file and row loses nothing: the row says <see cref="RecordingState.Deleting"/> first, then
/// the file goes, then the row says <see cref="RecordingState.Deleted"/>. Whoever comes next ends what was begun.
/// </summary>
internal sealed class RecordingRemoval(IDbContextFactory<CallCenterDbContext> contexts, IRecordingStore store, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>Marks recordings; none that is held by now.</summary>
    /// <returns>How many were marked.</returns>
    public static Task<int> MarkAsync(CallCenterDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        List<Guid> some = [.. ids];
        return db.Set<Recording>()
            .Where(recording => EF.Parameter(some).Contains(recording.Id) && DueRecordings.Deletable.Contains(recording.State))
            .NotHeld(db)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(recording => recording.State, RecordingState.Deleting)
                    .SetProperty(recording => recording.NextAttemptUtc, (DateTime?)null)
                    .SetProperty(recording => recording.Version, recording => recording.Version + 1),
                cancellationToken);
    }

    /// <summary>Ends every deletion that was begun, a held one by keeping the recording.</summary>
    /// <param name="removed">Told of each batch that is gone: how many, and their bytes.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>Success, or the store's failure.</returns>
    public async Task<Result> FinishAsync(Func<int, long, Task> removed, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            // A hold that came after the mark keeps what is not gone yet. It is asked for again before each batch.
            await KeepHeldAsync(db, cancellationToken);
            var batch = await db.Set<Recording>().AsNoTracking()
                .Where(recording => recording.State == RecordingState.Deleting)
                .OrderBy(recording => recording.Id)
                .Take(Batch)
                .ToListAsync(cancellationToken);
            if (batch.Count == 0)
            {
                return Result.Success;
            }

            List<Guid> gone = [];
            Error? failure = null;
            foreach (var recording in batch)
            {
                if (recording.StoreKey.Length > 0 && (await store.DeleteAsync(recording.TenantId, recording.StoreKey, cancellationToken)).Error is { } error)
                {
                    failure = error;
                    break;
                }

                gone.Add(recording.Id);
            }

            var now = time.GetUtcNow().UtcDateTime;
            await db.Set<RecordingOutline>().Where(outline => EF.Parameter(gone).Contains(outline.RecordingId)).ExecuteDeleteAsync(cancellationToken);
            await db.Set<Recording>().Where(recording => EF.Parameter(gone).Contains(recording.Id))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(recording => recording.State, RecordingState.Deleted)
                        .SetProperty(recording => recording.StoreKey, "")
                        .SetProperty(recording => recording.FileKey, "")
                        .SetProperty(recording => recording.DeletedAtUtc, now)
                        .SetProperty(recording => recording.Version, recording => recording.Version + 1),
                    cancellationToken);
            await removed(gone.Count, batch.Where(recording => gone.Contains(recording.Id)).Sum(recording => recording.SizeBytes));
            if (failure is not null)
            {
                return failure;
            }
        }
    }

    private static Task<int> KeepHeldAsync(CallCenterDbContext db, CancellationToken cancellationToken) =>
        db.Set<Recording>().Where(recording => recording.State == RecordingState.Deleting)
            .Held(db)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(recording => recording.State, recording => recording.StoreKey == "" ? RecordingState.Waiting : RecordingState.Stored)
                    .SetProperty(recording => recording.NextAttemptUtc, recording => recording.StoreKey == "" ? recording.FoundAtUtc : null)
                    .SetProperty(recording => recording.Version, recording => recording.Version + 1),
                cancellationToken);
}
