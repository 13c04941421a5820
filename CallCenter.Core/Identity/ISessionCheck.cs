using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Identity;

/// <summary>Says whether a session that began earlier still stands. Reads the database anew each time.</summary>
public interface ISessionCheck
{
    /// <summary>The account as it is now, or null when it is disabled, gone, or its security stamp changed.</summary>
    /// <param name="userId">Whose session.</param>
    /// <param name="securityStamp">Stamp the session began with.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<SignedInUser?> CheckAsync(Guid userId, string securityStamp, CancellationToken cancellationToken = default);

    /// <summary>The person's role in the tenant now, or null when there is none: membership disabled or gone, tenant suspended.</summary>
    Task<TenantRole?> GetRoleAsync(Guid userId, Guid tenantId, CancellationToken cancellationToken = default);
}
