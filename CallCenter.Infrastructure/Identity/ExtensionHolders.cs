using CallCenter.Core.Extensions;
using CallCenter.Core.Identity;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Identity;

/// <summary>Whose an extension is, for signing in: before anybody is signed in, thus across tenants.</summary>
internal static class ExtensionHolders
{
    /// <summary>
    /// The account of the person who holds the extension and may enter the tenant; null when there is none, or two, as after a
    /// change of PBX. One statement whatever the reason, so that the time taken tells none.
    /// </summary>
    public static async Task<AppUser?> FindAsync(CallCenterDbContext db, ExtensionName name, CancellationToken cancellationToken)
    {
        var held = db.Set<Extension>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter])
            .Where(e => e.Number == name.Number && e.UserId != null && e.State != ExtensionState.Found && e.State != ExtensionState.Deleting)
            .Where(e => db.Set<Tenant>().Any(t => t.Id == e.TenantId && t.Slug == name.Slug && t.SuspendedAtUtc == null))
            .Where(e => db.Set<Membership>().Any(m => m.TenantId == e.TenantId && m.UserId == e.UserId && m.DisabledAtUtc == null));
        var found = await db.Set<AppUser>().Where(u => held.Any(e => e.UserId == u.Id)).Take(2).ToListAsync(cancellationToken);
        return found is [var one] ? one : null;
    }
}
