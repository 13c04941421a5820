using CallCenter.Core.Primitives;

namespace CallCenter.Core.Tenancy;

/// <summary>
/// Finds tenants. A suspended tenant, a disabled membership and a slug of others all answer
/// <see cref="TenantErrors.NotFound"/>, like one that does not exist.
/// </summary>
public interface ITenantDirectory
{
    /// <summary>The tenant behind a slug, and the user's role in it.</summary>
    /// <returns>The access, or <see cref="TenantErrors.NotFound"/>.</returns>
    Task<Result<TenantAccess>> ResolveAsync(Guid userId, string slug, CancellationToken cancellationToken = default);

    /// <summary>The user's active tenants, by name.</summary>
    Task<IReadOnlyList<TenantAccess>> ListForAsync(Guid userId, CancellationToken cancellationToken = default);

    /// <summary>Every tenant that is not suspended, for jobs.</summary>
    Task<IReadOnlyList<TenantInfo>> ListActiveAsync(CancellationToken cancellationToken = default);
}

/// <summary>A tenant that a person may enter.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Role">What the person is there.</param>
public sealed record TenantAccess(TenantInfo Tenant, TenantRole Role);
