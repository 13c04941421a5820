using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Recordings.Pauses;

/// <summary>Ties marks to the calls that come after them, and moves them along when calls are joined.</summary>
internal sealed class RecordingPauseFollower : ICallFollower
{
    public async Task FollowAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken)
    {
        await MoveAsync(db, changes.Absorbed, cancellationToken);
        var after = changes.Changes.Where(change => change.After is not null).ToList();
        if (after.Count == 0)
        {
            return;
        }

        var from = after.Min(change => change.After!.StartedAtUtc) - PauseLink.Slack;
        var until = after.Max(change => change.After!.EndedAtUtc) + PauseLink.Slack;
        var open = await db.Set<RecordingPause>().AsNoTracking()
            .Where(mark => mark.PbxId == changes.PbxId && mark.CallId == null && mark.FromUtc >= from && mark.FromUtc <= until)
            .OrderBy(mark => mark.FromUtc).ToListAsync(cancellationToken);
        if (open.Count > 0)
        {
            var extensions = after.SelectMany(change => change.PartsAfter).Select(part => part.Extension).ToHashSet(StringComparer.Ordinal);
            await PauseLinker.LinkAsync(db, open.FindAll(mark => extensions.Contains(mark.Extension)), cancellationToken);
        }
    }

    private static async Task MoveAsync(CallCenterDbContext db, IReadOnlyDictionary<Guid, Guid> absorbed, CancellationToken cancellationToken)
    {
        if (absorbed.Count == 0)
        {
            return;
        }

        List<Guid?> gone = [.. absorbed.Keys.Select(id => (Guid?)id)];
        var calls = await db.Set<RecordingPause>().Where(mark => EF.Parameter(gone).Contains(mark.CallId))
            .Select(mark => mark.CallId).Distinct().ToListAsync(cancellationToken);
        foreach (var call in calls.OfType<Guid>())
        {
            var to = absorbed[call];
            await db.Set<RecordingPause>().Where(mark => mark.CallId == call)
                .ExecuteUpdateAsync(set => set.SetProperty(mark => mark.CallId, to), cancellationToken);
        }
    }
}
