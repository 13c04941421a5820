using System.Linq.Expressions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Tenancy;

/// <summary>Runs before a tenant is entered, so it lifts the tenant filter from memberships and names the user instead.</summary>
internal sealed class TenantDirectory(IDbContextFactory<CallCenterDbContext> contexts) : ITenantDirectory
{
    private static readonly Expression<Func<Tenant, TenantInfo>> ToInfo =
        t => new TenantInfo(t.Id, t.Slug, t.Name, t.TimeZoneId, t.CountryCode, t.Language);

    public async Task<Result<TenantAccess>> ResolveAsync(Guid userId, string slug, CancellationToken cancellationToken = default)
    {
        // Databases compare case each in its own way; a slug is lower case or it is not there.
        if (slug.Length > Tenant.SlugMaxLength || slug.Any(char.IsUpper))
        {
            return TenantErrors.NotFound;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await AccessOf(db, userId).SingleOrDefaultAsync(a => a.Tenant.Slug == slug, cancellationToken) is { } found
            ? new TenantAccess(Info(found.Tenant), found.Role)
            : TenantErrors.NotFound;
    }

    public async Task<IReadOnlyList<TenantAccess>> ListForAsync(Guid userId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await AccessOf(db, userId).OrderBy(a => a.Tenant.Name).ToListAsync(cancellationToken);
        return [.. found.Select(a => new TenantAccess(Info(a.Tenant), a.Role))];
    }

    public async Task<IReadOnlyList<TenantInfo>> ListActiveAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<Tenant>().Where(t => t.SuspendedAtUtc == null).OrderBy(t => t.Slug).Select(ToInfo).ToListAsync(cancellationToken);
    }

    internal static TenantInfo Info(Tenant t) => new(t.Id, t.Slug, t.Name, t.TimeZoneId, t.CountryCode, t.Language);

    private static IQueryable<Access> AccessOf(CallCenterDbContext db, Guid userId) =>
        from membership in db.Set<Membership>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter])
        join tenant in db.Set<Tenant>().AsNoTracking() on membership.TenantId equals tenant.Id
        join user in db.Set<AppUser>().AsNoTracking() on membership.UserId equals user.Id
        where membership.UserId == userId && membership.DisabledAtUtc == null && user.DisabledAtUtc == null && tenant.SuspendedAtUtc == null
        select new Access { Tenant = tenant, Role = membership.Role };

    private sealed class Access
    {
        public required Tenant Tenant { get; init; }

        public required TenantRole Role { get; init; }
    }
}
