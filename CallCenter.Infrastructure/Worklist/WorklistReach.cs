using CallCenter.Core.Calls;
using CallCenter.Core.Groups;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Worklist;

/// <summary>Which entries the caller may see and work on.</summary>
internal sealed class WorklistReach(ICallReaches reaches, ICaller caller)
{
    public async Task<IQueryable<WorklistEntry>> EntriesAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        if (caller.May(Permissions.Calls.ViewAll))
        {
            return db.Set<WorklistEntry>();
        }

        var reach = await reaches.ReadAsync(cancellationToken);
        var groups = (await MemberOfAsync(db, cancellationToken)).Concat(reach.Queues).Distinct().ToList();
        var calls = db.Set<Call>().Within(db, reach);
        return db.Set<WorklistEntry>().Where(entry => db.Set<WorklistCall>().Any(link => link.EntryId == entry.Id
            && (EF.Parameter(groups).Contains(link.Group) || calls.Any(call => call.Id == link.CallId))));
    }

    /// <summary>Groups whose list on the PBX names an extension that the caller has now.</summary>
    private async Task<List<string>> MemberOfAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } userId)
        {
            return [];
        }

        var own = await db.Set<Core.Extensions.Extension>().Where(extension => extension.UserId == userId).Select(extension => extension.Number).ToListAsync(cancellationToken);
        if (own.Count == 0)
        {
            return [];
        }

        var groups = await db.Set<PbxGroup>().Where(group => group.Members != "").Select(group => new { group.Number, group.Members }).ToListAsync(cancellationToken);
        return [.. groups.Where(group => group.Members.Split(',', StringSplitOptions.TrimEntries).Intersect(own, StringComparer.Ordinal).Any()).Select(group => group.Number)];
    }
}
