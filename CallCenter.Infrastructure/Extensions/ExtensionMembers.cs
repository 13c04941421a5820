using CallCenter.Core.Extensions;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>The people of the tenant who may have an extension.</summary>
internal static class ExtensionMembers
{
    /// <summary>Active members: neither the membership nor the account is disabled.</summary>
    public static IQueryable<AppUser> Active(CallCenterDbContext db) =>
        from membership in db.Set<Membership>()
        join user in db.Set<AppUser>() on membership.UserId equals user.Id
        where membership.DisabledAtUtc == null && user.DisabledAtUtc == null
        select user;

    /// <summary>Of these people, those who cannot get an extension, and why.</summary>
    public static async Task<Dictionary<Guid, Core.Primitives.Error>> RefusedAsync(
        CallCenterDbContext db, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        if (userIds.Count == 0)
        {
            return [];
        }

        var ids = userIds.Distinct().ToList();
        var active = await Active(db).Where(user => ids.Contains(user.Id)).Select(user => user.Id).ToListAsync(cancellationToken);
        var served = await db.Set<Extension>().Where(e => e.UserId != null && ids.Contains(e.UserId.Value))
            .Select(e => e.UserId!.Value).ToListAsync(cancellationToken);
        return ids.Except(active).Select(id => (id, ExtensionErrors.UserUnknown))
            .Concat(served.Intersect(active).Select(id => (id, ExtensionErrors.UserHasExtension)))
            .ToDictionary();
    }
}
