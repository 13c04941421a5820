using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Settings;

/// <summary>Where the tenants' PBXs are. The one source of <see cref="PbxEndpoint"/>s.</summary>
public interface IPbxDirectory
{
    /// <summary>The current tenant's PBX, its password decrypted. Read it anew for each job run or act; do not keep it.</summary>
    /// <returns>
    /// The endpoint, or <see cref="TelephonyErrors.NotConfigured"/>, <see cref="Security.SecretErrors.UnknownKey"/> or
    /// <see cref="Security.SecretErrors.Unreadable"/>.
    /// </returns>
    Task<Result<PbxEndpoint>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Every active tenant that has a PBX connection, by slug. Needs no entered tenant; for jobs only.</summary>
    Task<IReadOnlyList<TenantInfo>> ListConfiguredTenantsAsync(CancellationToken cancellationToken = default);
}

/// <summary>Says when a tenant's PBX or GDMS connection changed, so that sessions and cached tokens are dropped. One per process.</summary>
public interface IPbxChangeNotices
{
    /// <summary>
    /// Calls back with the tenant's key after each saved change, on the saving thread: return quickly and do not throw.
    /// Dispose the answer to stop.
    /// </summary>
    IDisposable Subscribe(Action<Guid> changed);
}
