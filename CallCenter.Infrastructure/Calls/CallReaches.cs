using CallCenter.Core.Calls;
using CallCenter.Core.Extensions;
using CallCenter.Core.Teams;
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
        List<Guid> people = [userId];
        List<string> queues = [];
        if (caller.May(Permissions.Calls.ViewTeam))
        {
            var teams = db.Set<TeamMember>().Where(member => member.UserId == userId).Select(member => member.TeamId);
            var members = await db.Set<TeamMember>().Where(member => teams.Contains(member.TeamId)).Select(member => member.UserId)
                .Distinct().ToListAsync(cancellationToken);
            people = [.. people.Union(members)];
            queues = await db.Set<TeamGroup>().Where(group => teams.Contains(group.TeamId)).Select(group => group.Number)
                .Distinct().ToListAsync(cancellationToken);
        }

        var held = await db.Set<ExtensionHolding>().Where(holding => EF.Parameter(people).Contains(holding.UserId))
            .OrderBy(holding => holding.Extension).ThenBy(holding => holding.FromUtc)
            .Select(holding => new HeldExtension(holding.Extension, holding.FromUtc, holding.UntilUtc)).ToListAsync(cancellationToken);
        return new CallReach(false, [], queues) { Holders = people, Held = held };
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

        var (extensions, queues, holders) = (reach.Extensions.ToList(), reach.Queues.ToList(), reach.Holders.ToList());

        // By the table of who had what when: one shape of statement whatever people held, and a range of the participants'
        // index for each of them.
        var theirs =
            from holding in db.Set<ExtensionHolding>()
            join part in db.Set<CallParticipant>() on holding.Extension equals part.Extension
            where EF.Parameter(holders).Contains(holding.UserId)
                && part.StartedAtUtc >= holding.FromUtc && (holding.UntilUtc == null || part.StartedAtUtc < holding.UntilUtc)
            select part.CallId;
        if (extensions.Count > 0)
        {
            theirs = theirs.Concat(db.Set<CallParticipant>().Where(part => EF.Parameter(extensions).Contains(part.Extension)).Select(part => part.CallId));
        }

        // Apart, because an alternative keeps a database from starting at the participants.
        return queues.Count == 0
            ? calls.Where(call => theirs.Contains(call.Id))
            : calls.Where(call => (call.Queue != "" && EF.Parameter(queues).Contains(call.Queue)) || theirs.Contains(call.Id));
    }
}
