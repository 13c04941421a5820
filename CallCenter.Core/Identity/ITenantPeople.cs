using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Identity;

/// <summary>
/// The people of the entered tenant. Reading needs <see cref="Permissions.Users.View"/>, changing
/// <see cref="Permissions.Users.Edit"/>, else <see cref="AccessErrors.Denied"/>. Only owners touch owners
/// (<see cref="IdentityErrors.OwnerOnly"/>), and one active owner always remains (<see cref="IdentityErrors.LastOwner"/>).
/// Someone of another tenant answers <see cref="IdentityErrors.NotFound"/>.
/// </summary>
public interface ITenantPeople
{
    /// <summary>Everyone, by display name.</summary>
    Task<Result<IReadOnlyList<PersonRow>>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes an account with a one-time password and a place in the tenant.</summary>
    /// <returns>
    /// The person and the password, or an error of <see cref="PersonFormValidator"/>, <see cref="IdentityErrors.UserNameTaken"/>
    /// or <see cref="IdentityErrors.EmailTaken"/>.
    /// </returns>
    Task<Result<NewPerson>> CreateAsync(PersonForm form, CancellationToken cancellationToken = default);

    /// <summary>Gives an existing account a place in the tenant. The account itself stays as it is.</summary>
    /// <returns>Success, <see cref="IdentityErrors.EmailUnknown"/>, <see cref="IdentityErrors.AlreadyMember"/> or <see cref="IdentityErrors.UnknownRole"/>.</returns>
    Task<Result> AddExistingAsync(string email, TenantRole role, CancellationToken cancellationToken = default);

    /// <summary>Changes the role; open circuits of the person follow within a minute.</summary>
    /// <param name="userId">Whose role.</param>
    /// <param name="role">The new role.</param>
    /// <param name="version">From <see cref="PersonRow.Version"/>; another one answers <see cref="IdentityErrors.Conflict"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<Result> ChangeRoleAsync(Guid userId, TenantRole role, int version, CancellationToken cancellationToken = default);

    /// <summary>Closes the person's place in this tenant; open circuits end within a minute.</summary>
    /// <param name="userId">Whose place; the own one answers <see cref="IdentityErrors.NotYourself"/>.</param>
    /// <param name="version">From <see cref="PersonRow.Version"/>; another one answers <see cref="IdentityErrors.Conflict"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<Result> DisableAsync(Guid userId, int version, CancellationToken cancellationToken = default);

    /// <summary>Opens the place again.</summary>
    /// <param name="userId">Whose place.</param>
    /// <param name="version">From <see cref="PersonRow.Version"/>; another one answers <see cref="IdentityErrors.Conflict"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<Result> EnableAsync(Guid userId, int version, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces the password by a one-time one, opens a locked account, switches off the second factor, and ends the person's
    /// sessions. Refused for an account that is used beyond this tenant (<see cref="IdentityErrors.SharedAccount"/>): a tenant
    /// could take it over otherwise.
    /// </summary>
    /// <param name="userId">Whose password; the own one answers <see cref="IdentityErrors.NotYourself"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<Result<Secret>> ResetPasswordAsync(Guid userId, CancellationToken cancellationToken = default);
}

/// <summary>A person of the tenant as listed.</summary>
/// <param name="UserId">Key.</param>
/// <param name="UserName">Name to sign in with.</param>
/// <param name="DisplayName">Name as people see it.</param>
/// <param name="Email">Address; null when none.</param>
/// <param name="Role">What the person is here.</param>
/// <param name="DisabledAtUtc">UTC; null while active.</param>
/// <param name="TwoFactorEnabled">True when a code is asked at sign-in.</param>
/// <param name="MustChangePassword">True until the one-time password was replaced.</param>
/// <param name="CreatedAtUtc">When the person joined the tenant, UTC.</param>
/// <param name="Version">Give it back with a change.</param>
public sealed record PersonRow(
    Guid UserId,
    string UserName,
    string DisplayName,
    string? Email,
    TenantRole Role,
    DateTime? DisabledAtUtc,
    bool TwoFactorEnabled,
    bool MustChangePassword,
    DateTime CreatedAtUtc,
    int Version);

/// <summary>A new account.</summary>
/// <param name="UserId">Key.</param>
/// <param name="UserName">Name to sign in with.</param>
/// <param name="OneTimePassword">Show it once; it must be replaced at the first sign-in.</param>
public sealed record NewPerson(Guid UserId, string UserName, Secret OneTimePassword);
