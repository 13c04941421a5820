using CallCenter.Core.Primitives;

namespace CallCenter.Core.Identity;

/// <summary>The signed-in person's own account. Every method throws when nobody is signed in.</summary>
public interface IMyAccount
{
    /// <summary>The account as it is.</summary>
    Task<MyAccountFacts> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Changes the password and ends every other session. The caller must renew the cookie from the answer (HTTP only).</summary>
    /// <returns>
    /// The account with its new stamp, or <see cref="IdentityErrors.WrongPassword"/>, <see cref="IdentityErrors.TooManyAttempts"/>,
    /// <see cref="IdentityErrors.PasswordLength"/>, <see cref="IdentityErrors.PasswordTooSimple"/>,
    /// <see cref="IdentityErrors.PasswordHasUserName"/> or <see cref="IdentityErrors.PasswordUnchanged"/>.
    /// </returns>
    Task<Result<SignedInUser>> ChangePasswordAsync(Secret currentPassword, Secret newPassword, CancellationToken cancellationToken = default);

    /// <summary>Begins the set-up of the second factor with a new key; nothing is switched on before it is confirmed.</summary>
    /// <returns>The key, or <see cref="IdentityErrors.TwoFactorState"/> when the second factor is on already.</returns>
    Task<Result<AuthenticatorSetup>> BeginTwoFactorAsync(CancellationToken cancellationToken = default);

    /// <summary>Switches the second factor on with a code from the app.</summary>
    /// <param name="code">Six digits; blanks and hyphens are ignored.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// Ten recovery codes, shown this once, or <see cref="IdentityErrors.WrongCode"/>, <see cref="IdentityErrors.TwoFactorState"/>
    /// or <see cref="IdentityErrors.TooManyAttempts"/>.
    /// </returns>
    Task<Result<IReadOnlyList<string>>> ConfirmTwoFactorAsync(string code, CancellationToken cancellationToken = default);

    /// <summary>Replaces the recovery codes.</summary>
    /// <returns>
    /// Ten new codes, shown this once, or <see cref="IdentityErrors.WrongPassword"/>, <see cref="IdentityErrors.TwoFactorState"/>
    /// or <see cref="IdentityErrors.TooManyAttempts"/>.
    /// </returns>
    Task<Result<IReadOnlyList<string>>> RenewRecoveryCodesAsync(Secret currentPassword, CancellationToken cancellationToken = default);

    /// <summary>Switches the second factor off and forgets its key and codes.</summary>
    /// <returns>Success, <see cref="IdentityErrors.WrongPassword"/>, <see cref="IdentityErrors.TwoFactorState"/> or <see cref="IdentityErrors.TooManyAttempts"/>.</returns>
    Task<Result> DisableTwoFactorAsync(Secret currentPassword, CancellationToken cancellationToken = default);

    /// <summary>Sets the language.</summary>
    /// <param name="language"><c>en</c>, <c>ar</c>, or null to follow the tenant.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Success or <see cref="IdentityErrors.UnknownLanguage"/>.</returns>
    Task<Result> SetLanguageAsync(string? language, CancellationToken cancellationToken = default);
}

/// <summary>The own account as shown.</summary>
/// <param name="UserName">Name to sign in with.</param>
/// <param name="DisplayName">Name as people see it.</param>
/// <param name="Email">Address; null when none.</param>
/// <param name="Language"><c>en</c>, <c>ar</c>, or null.</param>
/// <param name="TwoFactorEnabled">True when a code is asked at sign-in.</param>
/// <param name="RecoveryCodesLeft">Unused recovery codes.</param>
/// <param name="MustChangePassword">True after a sign-in with a one-time password.</param>
public sealed record MyAccountFacts(
    string UserName, string DisplayName, string? Email, string? Language, bool TwoFactorEnabled, int RecoveryCodesLeft, bool MustChangePassword);

/// <summary>What an authenticator app needs. A secret: show it to its owner and nowhere else.</summary>
/// <param name="key">Base 32 in groups of four, for typing.</param>
/// <param name="uri"><c>otpauth://totp/…</c>.</param>
/// <param name="qrSvg">The URI as a QR code, a whole SVG element.</param>
public sealed class AuthenticatorSetup(string key, string uri, string qrSvg)
{
    /// <summary>Base 32 in groups of four, for typing.</summary>
    public string Key { get; } = key;

    /// <summary><c>otpauth://totp/…</c>.</summary>
    public string Uri { get; } = uri;

    /// <summary>The URI as a QR code, a whole SVG element.</summary>
    public string QrSvg { get; } = qrSvg;
}
