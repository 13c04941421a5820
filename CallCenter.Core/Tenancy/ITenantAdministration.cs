using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;

namespace CallCenter.Core.Tenancy;

/// <summary>
/// Tenants for platform administrators. Every method needs <see cref="Permissions.Platform.Tenants"/>, else
/// <see cref="AccessErrors.Denied"/>.
/// </summary>
public interface ITenantAdministration
{
    /// <summary>Every tenant, by name.</summary>
    Task<Result<IReadOnlyList<TenantRow>>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>One tenant, or <see cref="TenantErrors.NotFound"/>.</summary>
    Task<Result<TenantRow>> GetAsync(Guid tenantId, CancellationToken cancellationToken = default);

    /// <summary>Makes a tenant and its first owner, both or neither.</summary>
    /// <param name="form">The tenant.</param>
    /// <param name="owner">
    /// A new person, whose role is owner whatever the form says; or, when only <see cref="PersonForm.Email"/> is filled, an
    /// existing one.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// The tenant; or an error of <see cref="TenantFormValidator"/> or <see cref="PersonFormValidator"/>,
    /// <see cref="TenantErrors.SlugTaken"/>, <see cref="IdentityErrors.UserNameTaken"/>, <see cref="IdentityErrors.EmailTaken"/>
    /// or <see cref="IdentityErrors.EmailUnknown"/>.
    /// </returns>
    Task<Result<NewTenant>> CreateAsync(TenantForm form, PersonForm owner, CancellationToken cancellationToken = default);

    /// <summary>Changes the facts. A changed slug moves every address of the tenant at once.</summary>
    /// <param name="tenantId">Which tenant.</param>
    /// <param name="form">The new facts.</param>
    /// <param name="version">From <see cref="TenantRow.Version"/>; another one answers <see cref="TenantErrors.Conflict"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<Result> UpdateAsync(Guid tenantId, TenantForm form, int version, CancellationToken cancellationToken = default);

    /// <summary>Suspends: pages answer not found, open circuits end within a minute, jobs rest.</summary>
    Task<Result> SuspendAsync(Guid tenantId, int version, CancellationToken cancellationToken = default);

    /// <summary>Ends the suspension.</summary>
    Task<Result> ResumeAsync(Guid tenantId, int version, CancellationToken cancellationToken = default);
}

/// <summary>A tenant as listed.</summary>
/// <param name="Info">Its facts.</param>
/// <param name="SuspendedAtUtc">UTC; null while active.</param>
/// <param name="CreatedAtUtc">UTC.</param>
/// <param name="ActivePeople">Active memberships.</param>
/// <param name="Version">Give it back with a change.</param>
public sealed record TenantRow(TenantInfo Info, DateTime? SuspendedAtUtc, DateTime CreatedAtUtc, int ActivePeople, int Version);

/// <summary>A new tenant.</summary>
/// <param name="Info">Its facts.</param>
/// <param name="OwnerUserName">Name the first owner signs in with.</param>
/// <param name="OneTimePassword">Of a new owner, show it once; null when the owner existed.</param>
public sealed record NewTenant(TenantInfo Info, string OwnerUserName, Secret? OneTimePassword);
