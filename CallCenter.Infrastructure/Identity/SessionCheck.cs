using CallCenter.Core.Identity;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Identity;

internal sealed class SessionCheck(IDbContextFactory<CallCenterDbContext> contexts) : ISessionCheck
{
    public async Task<SignedInUser?> CheckAsync(Guid userId, string securityStamp, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await db.Set<AppUser>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId && u.DisabledAtUtc == null, cancellationToken);

        // Compared here, as SQL Server would ignore case.
        return user is not null && string.Equals(user.SecurityStamp, securityStamp, StringComparison.Ordinal) ? user.ToSignedIn() : null;
    }

    public async Task<TenantRole?> GetRoleAsync(Guid userId, Guid tenantId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<Membership>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter])
            .Where(m => m.UserId == userId && m.TenantId == tenantId && m.DisabledAtUtc == null)
            .Where(m => db.Set<Tenant>().Any(t => t.Id == m.TenantId && t.SuspendedAtUtc == null))
            .Select(m => (TenantRole?)m.Role)
            .SingleOrDefaultAsync(cancellationToken);
    }
}
