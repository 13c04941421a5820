using System.Globalization;
using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Calls.Reading;
using CallCenter.Infrastructure.Clients;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Recordings.Audio;
using CallCenter.Infrastructure.Recordings.Fetch;
using CallCenter.Infrastructure.Recordings.Pauses;
using CallCenter.Infrastructure.Recordings.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Recordings;

internal sealed class RecordingService(
    IDbContextFactory<CallCenterDbContext> contexts, ICaller caller, ICallReaches reaches, IRecordingStore store, IRecordingStoreUpkeep upkeep,
    IAuditTrail audit, Listening listening, IOptions<RecordingFetchOptions> options, TimeProvider time) : IRecordings
{
    // What began before is not fetched, see RecordingQueue.
    private DateTime FetchedSinceUtc => options.Value.SinceUtc(time.GetUtcNow().UtcDateTime);

    public async Task<Result<IReadOnlyList<RecordingRow>>> OfCallAsync(Guid callId, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Recordings.Play))
        {
            return AccessErrors.Denied;
        }

        var reach = await reaches.ReadAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<Call>().Where(call => call.Id == callId).Within(db, reach).AnyAsync(cancellationToken)
            ? await RecordingMarks.AddAsync(
                db,
                await Rows(db, db.Set<Recording>().Where(recording => recording.CallId == callId).OrderBy(recording => recording.StartedAtUtc)).ToListAsync(cancellationToken),
                cancellationToken)
            : RecordingErrors.NotFound;
    }

    public async Task<Result<OpenRecording>> OpenAsync(Guid id, bool download, CancellationToken cancellationToken = default) =>
        caller.May(download ? Permissions.Recordings.Download : Permissions.Recordings.Play)
            ? await OpenAsync(
                id, download ? RecordingAuditActions.Downloaded : RecordingAuditActions.Played, whole: download && caller.May(Permissions.Recordings.PlayMarked), cancellationToken)
            : AccessErrors.Denied;

    public async Task<Result<OpenRecording>> OpenWholeAsync(Guid id, CancellationToken cancellationToken = default) =>
        caller.May(Permissions.Recordings.Play) && caller.May(Permissions.Recordings.PlayMarked)
            ? await OpenAsync(id, RecordingAuditActions.PlayedWhole, whole: true, cancellationToken)
            : AccessErrors.Denied;

    private async Task<Result<OpenRecording>> OpenAsync(Guid id, string act, bool whole, CancellationToken cancellationToken)
    {
        var reach = await reaches.ReadAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var recording = await db.Set<Recording>().SingleOrDefaultAsync(row => row.Id == id && row.State == RecordingState.Stored, cancellationToken);
        if (recording is null
            || await db.Set<Call>().Where(call => call.Id == recording.CallId).Within(db, reach).SingleOrDefaultAsync(cancellationToken) is not { } call)
        {
            return RecordingErrors.NotFound;
        }

        var opened = await store.OpenAsync(
            recording.TenantId, new StoredAudio(recording.StoreKey, recording.FileKey, recording.SizeBytes, recording.Sha256), cancellationToken);
        if (opened.Error is { } error)
        {
            await LoseAsync(db, recording, error, cancellationToken);
            return error;
        }

        try
        {
            var watched = new WatchedAudio(opened.Value, () => LoseAsync(recording.Id));
            var (audio, version) = (await RepairedWav.OpenAsync(watched, cancellationToken), recording.Sha256);
            if (!whole && await RecordingMarks.StretchesAsync(db, recording, cancellationToken) is { Count: > 0 } marked)
            {
                if (await SilencedWav.OpenAsync(audio, marked, cancellationToken) is not { } silenced)
                {
                    await audio.DisposeAsync();
                    return RecordingPauseErrors.CannotSilence;
                }

                (audio, version) = (silenced, $"{version}-{RecordingMarks.VersionOf(marked)}");
            }

            await NoteAsync(db, recording, call, act, cancellationToken);
            return new OpenRecording(audio, version, recording.StoredAtUtc ?? recording.FoundAtUtc, FileName(db, recording, call));
        }
        catch (SealedAudioException)
        {
            await opened.Value.DisposeAsync();
            return RecordingErrors.FileCorrupt;
        }
        catch
        {
            await opened.Value.DisposeAsync();
            throw;
        }
    }

    public async Task<Result<RecordingOverview>> LookAsync(RecordingState? state, int count, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Recordings.Play))
        {
            return AccessErrors.Denied;
        }

        var reach = await reaches.ReadAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var calls = db.Set<Call>().Within(db, reach);
        var seen = reach.All ? db.Set<Recording>() : db.Set<Recording>().Where(recording => calls.Any(call => call.Id == recording.CallId));
        var since = FetchedSinceUtc;
        var counts = await seen
            .GroupBy(recording => recording.State == RecordingState.Waiting && recording.StartedAtUtc < since ? RecordingState.Skipped : recording.State)
            .Select(group => new { State = group.Key, Count = group.Count(), Bytes = group.Sum(recording => recording.SizeBytes) })
            .ToListAsync(cancellationToken);
        var rows = await Rows(db, OfState(seen, state, since)
                .OrderByDescending(recording => recording.StartedAtUtc).ThenBy(recording => recording.Id).Take(Math.Clamp(count, 1, 200)))
            .ToListAsync(cancellationToken);
        var enabled = await db.Set<RecordingPolicy>().AnyAsync(policy => policy.Enabled, cancellationToken);
        return new RecordingOverview(
            counts.ToDictionary(group => group.State, group => group.Count),
            counts.Where(group => group.State == RecordingState.Stored).Sum(group => group.Bytes), enabled, upkeep.Look().Trouble,
            await WithCallsAsync(db, rows, cancellationToken));
    }

    public async Task<Result<int>> RetryAsync(Guid? id, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Recordings.Retention))
        {
            return AccessErrors.Denied;
        }

        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var count = await db.Set<Recording>()
            .Where(recording => (id == null || recording.Id == id) && (recording.State == RecordingState.Failed || recording.State == RecordingState.Missing || recording.State == RecordingState.Corrupt))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(recording => recording.State, RecordingState.Waiting)
                    .SetProperty(recording => recording.Attempts, 0)
                    .SetProperty(recording => recording.NextAttemptUtc, now)
                    .SetProperty(recording => recording.Version, recording => recording.Version + 1),
                cancellationToken);
        if (count > 0)
        {
            audit.Append(db, new AuditNote(
                RecordingAuditActions.Retried, AuditSubjects.Recording, id?.ToString() ?? "", count.ToString(CultureInfo.InvariantCulture)));
            await db.SaveChangesAsync(cancellationToken);
        }

        return count;
    }

    private static IQueryable<Recording> OfState(IQueryable<Recording> recordings, RecordingState? state, DateTime since) => state switch
    {
        null => recordings,
        RecordingState.Skipped => recordings.Where(recording => recording.State == RecordingState.Waiting && recording.StartedAtUtc < since),
        RecordingState.Waiting => recordings.Where(recording => recording.State == RecordingState.Waiting && recording.StartedAtUtc >= since),
        _ => recordings.Where(recording => recording.State == state),
    };

    private async Task<List<RecordingRow>> WithCallsAsync(CallCenterDbContext db, List<RecordingRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.CallId).Distinct().ToList();
        var calls = await db.Set<Call>().Where(call => EF.Parameter(ids).Contains(call.Id)).Select(CallProjections.Row).ToListAsync(cancellationToken);
        var named = (await CallRowClients.AddAsync(db, caller, calls, cancellationToken)).ToDictionary(call => call.Id);
        return await RecordingMarks.AddAsync(db, rows.ConvertAll(row => row with { Call = named.GetValueOrDefault(row.CallId) }), cancellationToken);
    }

    private IQueryable<RecordingRow> Rows(CallCenterDbContext db, IQueryable<Recording> recordings) => Rows(db, recordings, FetchedSinceUtc);

    private static IQueryable<RecordingRow> Rows(CallCenterDbContext db, IQueryable<Recording> recordings, DateTime since) => recordings.Select(recording => new RecordingRow(
        recording.Id, recording.CallId,
        recording.State == RecordingState.Waiting && recording.StartedAtUtc < since ? RecordingState.Skipped : recording.State,
        recording.StartedAtUtc, recording.DurationSeconds, recording.SizeBytes, recording.Failure,
        recording.StartedAtUtc < since ? null : recording.NextAttemptUtc,
        db.Set<RecordingOutline>().Where(outline => outline.RecordingId == recording.Id).Select(outline => outline.Peaks).FirstOrDefault() ?? Array.Empty<byte>()));

    // The name that a person finds again; numbers are what the call list shows as well.
    private static string FileName(CallCenterDbContext db, Recording recording, Call call)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(db.CurrentTenant.TimeZoneId, out var found) ? found : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTimeFromUtc(recording.StartedAtUtc, zone);
        var parties = string.Concat($"{call.FromNumber}_{call.ToNumber}".Where(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '_'));
        return $"{local.ToString("yyyy-MM-dd_HH-mm-ss", CultureInfo.InvariantCulture)}_{parties}.wav";
    }

    /// <summary>Only the end of a file is looked at when it is opened; a part in its middle proves damaged when it is heard.</summary>
    private async Task LoseAsync(Guid id)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        if (await db.Set<Recording>().SingleOrDefaultAsync(row => row.Id == id && row.State == RecordingState.Stored, CancellationToken.None) is { } recording)
        {
            await LoseAsync(db, recording, RecordingErrors.FileCorrupt, CancellationToken.None);
        }
    }

    private static async Task LoseAsync(CallCenterDbContext db, Recording recording, Error error, CancellationToken cancellationToken)
    {
        if (error == RecordingErrors.FileMissing || error == RecordingErrors.FileCorrupt)
        {
            (recording.State, recording.Failure) = (RecordingState.Lost, error.Code);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Deleted or erased meanwhile, which says more.
            }
        }
    }

    private async Task NoteAsync(CallCenterDbContext db, Recording recording, Call call, string act, CancellationToken cancellationToken)
    {
        if (act == RecordingAuditActions.Downloaded || (caller.UserId is { } user && listening.Begins(user, recording.Id, act)))
        {
            audit.Append(db, new AuditNote(act, AuditSubjects.Recording, recording.Id.ToString(), call.CallKey));
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
