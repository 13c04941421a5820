using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Recordings.Retention;

/// <summary>A hold follows its call into the one that took it in.</summary>
internal sealed class HoldFollower : ICallFollower
{
    public async Task FollowAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken)
    {
        if (changes.Absorbed.Count == 0)
        {
            return;
        }

        List<Guid> calls = [.. changes.Absorbed.Keys];
        var moved = await db.Set<CallHold>().AsNoTracking().Where(hold => EF.Parameter(calls).Contains(hold.CallId)).ToListAsync(cancellationToken);
        foreach (var hold in moved)
        {
            var target = changes.Absorbed[hold.CallId];
            var rows = db.Set<CallHold>().Where(row => row.CallId == hold.CallId);
            if (await db.Set<CallHold>().AnyAsync(row => row.CallId == target, cancellationToken))
            {
                // The other call was held too, and one hold keeps all of it.
                await rows.ExecuteDeleteAsync(cancellationToken);
            }
            else
            {
                await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.CallId, target), cancellationToken);
            }
        }
    }
}
