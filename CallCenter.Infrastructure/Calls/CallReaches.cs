using CallCenter.Core.Calls;
using CallCenter.Core.Extensions;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls;

internal sealed class CallReaches(IDbContextFactory<CallCenterDbContext> contexts, ICaller caller) : ICallReaches
{
    public async Task<CallReach> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (caller.May(Permissions.Calls.ViewAll))
        {
            return CallReach.Everything;
        }

        if (!caller.May(Permissions.Calls.View) || caller.UserId is not { } userId)
        {
            return CallReach.Nothing;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await db.Set<Extension>().Where(extension => extension.UserId == userId).Select(extension => extension.Number).ToListAsync(cancellationToken);
        return new CallReach(false, own, []);
    }
}

internal static class CallReachQuery
{
    /// <summary>Only the calls within the reach.</summary>
    public static IQueryable<Call> Within(this IQueryable<Call> calls, CallCenterDbContext db, CallReach reach)
    {
        if (reach.All)
        {
            return calls;
        }

        var (extensions, queues) = (reach.Extensions.ToList(), reach.Queues.ToList());
        return calls.Where(call =>
            (call.Queue != "" && EF.Parameter(queues).Contains(call.Queue))
            || db.Set<CallParticipant>().Any(part => part.CallId == call.Id && EF.Parameter(extensions).Contains(part.Extension)));
    }
}
