using CallCenter.Core.Erasure;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Erasure;

/// <summary>What an erasure left to a hold follows its call into the one that took it in.</summary>
internal sealed class ErasureFollower : ICallFollower
{
    public async Task FollowAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken)
    {
        if (changes.Absorbed.Count == 0)
        {
            return;
        }

        List<Guid> gone = [.. changes.Absorbed.Keys];
        foreach (var held in await db.Set<ErasureHeld>().Where(row => EF.Parameter(gone).Contains(row.CallId)).ToListAsync(cancellationToken))
        {
            var target = changes.Absorbed[held.CallId];
            if (await db.Set<ErasureHeld>().AnyAsync(row => row.ErasureId == held.ErasureId && row.CallId == target, cancellationToken))
            {
                // Both were held; the certificate lists both, and the other one sees to the call.
                held.ErasedAtUtc ??= db.Time.GetUtcNow().UtcDateTime;
            }
            else
            {
                held.CallId = target;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
