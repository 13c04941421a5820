using CallCenter.Core.Primitives;

namespace CallCenter.Core.Identity;

/// <summary>
/// Makes platform administrators for the command line (<c>CallCenter.Web create-admin</c>) and the demo, where nobody is
/// signed in: whoever holds the database's credentials may. Never reachable from a page.
/// </summary>
public interface IAdministratorSetup
{
    /// <summary>Makes an account with a one-time password that may administer the installation. It belongs to no tenant.</summary>
    /// <param name="form">The person; <see cref="PersonForm.Role"/> is not used.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// The person and the password, or an error of <see cref="PersonFormValidator"/>, <see cref="IdentityErrors.UserNameTaken"/>
    /// or <see cref="IdentityErrors.EmailTaken"/>.
    /// </returns>
    Task<Result<NewPerson>> CreateAsync(PersonForm form, CancellationToken cancellationToken = default);

    /// <summary>The same with a given password, which need not be replaced.</summary>
    /// <param name="form">The person; <see cref="PersonForm.Role"/> is not used.</param>
    /// <param name="password">Must meet <see cref="PasswordRules"/>, else an error of them comes back.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<Result<NewPerson>> CreateAsync(PersonForm form, Secret password, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives any account a one-time password, forgets its second factor and ends its sessions: the way out for accounts that no
    /// tenant may reset.
    /// </summary>
    /// <returns>The password, or <see cref="IdentityErrors.NotFound"/>.</returns>
    Task<Result<Secret>> ResetPasswordAsync(string userName, CancellationToken cancellationToken = default);
}
