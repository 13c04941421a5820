using System.Security.Claims;
using CallCenter.Core.Tenancy;

namespace CallCenter.Web.Access;

/// <summary>Whether a page may open for someone.</summary>
internal enum PageEntry
{
    Open,

    /// <summary>Unknown, somebody else's or not permitted: all the same to the visitor.</summary>
    NotFound,

    /// <summary>A page of another tenant than this circuit's: load it anew.</summary>
    OtherTenant,

    /// <summary>First replace the one-time password.</summary>
    MustChangePassword,

    /// <summary>Nobody is signed in, or no longer.</summary>
    SignIn,
}

/// <summary>Decides for requests and circuits alike who may open a page, and binds the scope to caller and tenant.</summary>
internal sealed class PageAccess(ScopeContext scope, ITenantDirectory tenants)
{
    public async Task<PageEntry> EnterAsync(
        ClaimsPrincipal principal, string? slug, IEnumerable<RequirePermissionAttribute> required, string? remoteAddress, CancellationToken cancellationToken)
    {
        if (SessionPrincipal.UserIdOf(principal) is not { } userId)
        {
            return PageEntry.SignIn;
        }

        scope.SignIn(userId, SessionPrincipal.NameOf(principal), SessionPrincipal.IsPlatformAdministrator(principal), remoteAddress);
        if (SessionPrincipal.MustChangePassword(principal))
        {
            return PageEntry.MustChangePassword;
        }

        if (slug is not null && !(scope.HasTenant && scope.Tenant.Slug == slug && scope.Role is not null))
        {
            if (await tenants.ResolveAsync(userId, slug, cancellationToken) is not { Succeeded: true, Value: var access })
            {
                return PageEntry.NotFound;
            }

            if (scope.HasTenant && scope.TenantId != access.Tenant.Id)
            {
                return PageEntry.OtherTenant;
            }

            scope.EnterTenant(access.Tenant, access.Role);
        }

        return required.All(r => scope.May(r.Permission)) ? PageEntry.Open : PageEntry.NotFound;
    }
}
