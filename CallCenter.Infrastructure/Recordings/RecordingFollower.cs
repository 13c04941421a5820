using CallCenter.Core.Recordings;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Erasure;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Recordings;

/// <summary>
/// Keeps a row for each recording that the calls' legs name, and lets it follow its call. The writer holds the PBX, so nobody else adds
/// rows of it meanwhile.
/// </summary>
internal sealed class RecordingFollower(ICallBulkWriter bulk, TimeProvider time) : ICallFollower
{
    private const int NamesAtOnce = 5000;

    public Task FollowAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken) => Begin(db, changes)(cancellationToken);

    public Func<CancellationToken, Task> Begin(CallCenterDbContext db, CallChanges changes)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var naming = Task.Run(() => Named(changes, now));
        return async cancellationToken =>
        {
            foreach (var (from, to) in changes.Absorbed)
            {
                await db.Set<Recording>().Where(recording => recording.CallId == from)
                    .ExecuteUpdateAsync(set => set.SetProperty(recording => recording.CallId, to), cancellationToken);
            }

            foreach (var some in (await naming).Values.Chunk(NamesAtOnce))
            {
                await FollowAsync(db, changes, some, cancellationToken);
            }
        };
    }

    /// <summary>The recordings that the changed calls name, as rows to be; pure.</summary>
    internal static Dictionary<string, Recording> Named(CallChanges changes, DateTime nowUtc)
    {
        var named = new Dictionary<string, Recording>(StringComparer.Ordinal);
        foreach (var change in changes.Changes)
        {
            if (change is not { After: { HasRecording: true } call, Assembled: { } assembled })
            {
                continue;
            }

            Name(named, changes.TenantId, changes.PbxId, call.Id, assembled.Legs, nowUtc);
        }

        return named;
    }

    /// <summary>Makes the rows of stored calls that have none; the caller holds the PBX.</summary>
    public async Task NameAsync(CallCenterDbContext db, Guid pbxId, IReadOnlyList<(Guid CallId, List<CdrLeg> Legs)> calls, CancellationToken cancellationToken)
    {
        var named = new Dictionary<string, Recording>(StringComparer.Ordinal);
        foreach (var (callId, legs) in calls)
        {
            Name(named, db.CurrentTenantId, pbxId, callId, legs, time.GetUtcNow().UtcDateTime);
        }

        var changes = new CallChanges(db.CurrentTenantId, pbxId, [], new Dictionary<Guid, Guid>());
        foreach (var some in named.Values.Chunk(NamesAtOnce))
        {
            await FollowAsync(db, changes, some, cancellationToken);
        }
    }

    private static void Name(
        Dictionary<string, Recording> named, Guid tenantId, Guid pbxId, Guid callId, IReadOnlyList<CdrLeg> legs, DateTime nowUtc)
    {
        var erased = legs.Any(ErasedLegs.Lost);
        foreach (var leg in legs)
        {
            foreach (var file in leg.RecordingFiles)
            {
                var name = CleanText.Of(file, Recording.PbxNameMaxLength);
                var startedAt = leg.AnswerUtc ?? leg.StartUtc;
                named.TryAdd(name, new Recording
                {
                    // By start, so that the newest lie together.
                    Id = Guid.CreateVersion7(new DateTimeOffset(startedAt, TimeSpan.Zero)),
                    TenantId = tenantId,
                    PbxId = pbxId,
                    CallId = callId,
                    PbxName = name,
                    State = erased ? RecordingState.Deleted : RecordingState.Waiting,
                    StartedAtUtc = startedAt,
                    DurationSeconds = leg.BillableSeconds,
                    NextAttemptUtc = erased ? null : nowUtc,
                    FoundAtUtc = nowUtc,
                    DeletedAtUtc = erased ? nowUtc : null,
                });
            }
        }
    }

    private async Task FollowAsync(CallCenterDbContext db, CallChanges changes, IReadOnlyList<Recording> named, CancellationToken cancellationToken)
    {
        var pbxId = changes.PbxId;
        var names = named.Select(recording => recording.PbxName).ToList();
        var known = await db.Set<Recording>().AsNoTracking()
            .Where(recording => recording.PbxId == pbxId && EF.Parameter(names).Contains(recording.PbxName))
            .Select(recording => new { recording.Id, recording.PbxName, recording.CallId, recording.State })
            .ToDictionaryAsync(recording => recording.PbxName, StringComparer.Ordinal, cancellationToken);

        await bulk.UpdateAsync<MovedRecording, MovedRecordingMap>(
            db,
            [
                .. named.Where(recording => known.TryGetValue(recording.PbxName, out var row) && row.CallId != recording.CallId)
                    .Select(recording => new MovedRecording(changes.TenantId, known[recording.PbxName].Id, recording.CallId)),
            ],
            cancellationToken);

        // Named again with a changed leg: a file that was not there, or not whole, may have come late.
        var woken = known.Values.Where(row => row.State is RecordingState.Missing or RecordingState.Corrupt).Select(row => row.Id).ToList();
        if (woken.Count > 0)
        {
            await WakeAsync(db.Set<Recording>().Where(recording => EF.Parameter(woken).Contains(recording.Id)), cancellationToken);
        }

        await bulk.InsertAsync<Recording, RecordingMap>(db, [.. named.Where(recording => !known.ContainsKey(recording.PbxName))], cancellationToken);
    }

    private Task<int> WakeAsync(IQueryable<Recording> recordings, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return recordings
            .Where(recording => recording.State == RecordingState.Missing || recording.State == RecordingState.Corrupt)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(recording => recording.State, RecordingState.Waiting)
                    .SetProperty(recording => recording.Attempts, 0)
                    .SetProperty(recording => recording.NextAttemptUtc, now)
                    .SetProperty(recording => recording.Failure, "")
                    .SetProperty(recording => recording.Version, recording => recording.Version + 1),
                cancellationToken);
    }
}
