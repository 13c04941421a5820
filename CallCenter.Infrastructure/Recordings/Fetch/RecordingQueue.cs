using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Recordings.Fetch;

/// <summary>
/// The recordings that wait to be fetched, and the rows' side of fetching one. A claim moves the row's version on: whoever claimed it
/// before, and comes back late, cannot write it any more.
/// </summary>
internal sealed class RecordingQueue(
    IDbContextFactory<CallCenterDbContext> contexts, IOptions<RecordingFetchOptions> options, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Claims the newest recording that is due; null when none is.</summary>
    public async Task<Recording?> ClaimAsync(Guid pbxId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var now = Now;
            var since = options.Value.SinceUtc(now);
            var next = await db.Set<Recording>()
                .Where(recording => recording.PbxId == pbxId && recording.NextAttemptUtc <= now && recording.StartedAtUtc >= since
                    && (recording.State == RecordingState.Waiting || recording.State == RecordingState.Failed))
                .OrderByDescending(recording => recording.StartedAtUtc)
                .ThenBy(recording => recording.Id)
                .FirstOrDefaultAsync(cancellationToken);
            if (next is null)
            {
                return null;
            }

            // As if it had failed already: what kills the process each time must not be first in line each time.
            next.Attempts++;
            next.NextAttemptUtc = now + FetchRules.PauseAfter(next.Attempts);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return next;
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Writes that it is stored; false when the row is somebody else's by now, whose file must not stay.</summary>
    public async Task<bool> StoredAsync(Recording claimed, FetchedAudio audio, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Attach(claimed);
        claimed.State = RecordingState.Stored;
        claimed.NextAttemptUtc = null;
        claimed.Failure = "";
        claimed.StoredAtUtc = Now;
        claimed.DurationSeconds = audio.Seconds;
        (claimed.StoreKey, claimed.FileKey) = (audio.Stored.StoreKey, audio.Stored.FileKey);
        (claimed.SizeBytes, claimed.Sha256) = (audio.Stored.SizeBytes, audio.Stored.Sha256);
        if (await db.Set<RecordingOutline>().SingleOrDefaultAsync(outline => outline.RecordingId == claimed.Id, cancellationToken) is { } outline)
        {
            outline.Peaks = audio.Outline;
        }
        else if (audio.Outline.Length > 0)
        {
            db.Add(new RecordingOutline { RecordingId = claimed.Id, Peaks = audio.Outline });
        }

        return await TrySaveAsync(db, cancellationToken);
    }

    /// <summary>Writes what the failed attempt makes of it.</summary>
    public async Task FailedAsync(Recording claimed, Core.Primitives.Error error, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Attach(claimed);
        var (state, again) = FetchRules.After(error, claimed.Attempts, claimed.StartedAtUtc, Now);
        claimed.State = state;
        claimed.Failure = error.Code;
        claimed.NextAttemptUtc = again ? Now + FetchRules.PauseAfter(claimed.Attempts) : null;
        await TrySaveAsync(db, cancellationToken);
    }

    /// <summary>Takes a claim back that came to nothing through no fault of the file; it is first in line again.</summary>
    public async Task ReleaseAsync(Recording claimed, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Attach(claimed);
        claimed.Attempts--;
        claimed.NextAttemptUtc = Now;
        await TrySaveAsync(db, cancellationToken);
    }

    private static async Task<bool> TrySaveAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}

/// <summary>Audio that lies in the store and has no row yet.</summary>
internal sealed record FetchedAudio(StoredAudio Stored, int Seconds, byte[] Outline);
