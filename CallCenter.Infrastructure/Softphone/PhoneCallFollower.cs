using CallCenter.Core.Softphone;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>Joins phones' calls with the calls that the PBX reports, in the same transaction; those of a call that was taken in by another move along.</summary>
internal sealed class PhoneCallFollower(TenantNotices notices) : ICallFollower
{
    public async Task FollowAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken)
    {
        var moved = await MoveAsync(db, changes, cancellationToken);
        var joined = await JoinAsync(db, changes, cancellationToken);
        if (moved + joined > 0)
        {
            notices.Raise(NoticeTopic.PhoneCalls, changes.TenantId);
        }
    }

    private static async Task<int> MoveAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken)
    {
        if (changes.Absorbed.Count == 0)
        {
            return 0;
        }

        List<Guid> gone = [.. changes.Absorbed.Keys];
        var calls = await db.Set<PhoneCall>().Where(c => c.CallId != null && EF.Parameter(gone).Contains(c.CallId.Value)).ToListAsync(cancellationToken);
        foreach (var call in calls)
        {
            call.CallId = changes.Absorbed[call.CallId!.Value];
        }

        await db.SaveChangesAsync(cancellationToken);
        return calls.Count;
    }

    private static async Task<int> JoinAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken)
    {
        var after = changes.Changes.Where(change => change.After is not null).ToList();
        if (after.Count == 0)
        {
            return 0;
        }

        var from = after.Min(change => change.After!.StartedAtUtc) - PhoneCallJoin.Window;
        var until = after.Max(change => change.After!.EndedAtUtc) + PhoneCallJoin.Window;
        var open = await db.Set<PhoneCall>().AsNoTracking()
            .Where(c => c.PbxId == changes.PbxId && c.CallId == null && c.Extension != ""
                && ((c.StartedAtUtc >= from && c.StartedAtUtc <= until) || (c.SeenLive && c.FirstSeenAtUtc >= from && c.FirstSeenAtUtc <= until)))
            .Select(c => new { c.Id, c.Extension }).ToListAsync(cancellationToken);
        if (open.Count == 0)
        {
            return 0;
        }

        var extensions = after.SelectMany(change => change.PartsAfter).Select(part => part.Extension).ToHashSet(StringComparer.Ordinal);
        return await PhoneCallJoiner.JoinAsync(db, [.. open.Where(c => extensions.Contains(c.Extension)).Select(c => c.Id)], cancellationToken);
    }
}
