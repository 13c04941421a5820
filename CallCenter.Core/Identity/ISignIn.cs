using CallCenter.Core.Primitives;

namespace CallCenter.Core.Identity;

/// <summary>
/// The steps of signing in, for the HTTP endpoints. Every failure is <see cref="IdentityErrors.SignInFailed"/> or
/// <see cref="IdentityErrors.TooManyAttempts"/>, whatever the reason, and takes about the same time.
/// Five failures in a row close an account for 15 minutes.
/// </summary>
public interface ISignIn
{
    /// <summary>First step.</summary>
    /// <param name="userName">User name, e-mail address or extension (see <see cref="ExtensionName"/>), as typed; they count in this order.</param>
    /// <param name="password">As typed.</param>
    /// <param name="remoteAddress">Address of the client, for the rate limit and the audit log; null when unknown.</param>
    /// <param name="slug">The tenant whose address the visitor came for, in which a bare number is an extension; null when none.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    Task<Result<SignInStep>> WithPasswordAsync(
        string userName, Secret password, string? remoteAddress, string? slug = null, CancellationToken cancellationToken = default);

    /// <summary>Second step with the code of the authenticator app. A code works once.</summary>
    /// <param name="userId">From the first step.</param>
    /// <param name="securityStamp">From the first step; a changed one means that step no longer counts.</param>
    /// <param name="code">Six digits; blanks and hyphens are ignored.</param>
    /// <param name="remoteAddress">Address of the client; null when unknown.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    Task<Result<SignedInUser>> WithCodeAsync(
        Guid userId, string securityStamp, string code, string? remoteAddress, CancellationToken cancellationToken = default);

    /// <summary>Second step with a recovery code, which is used up.</summary>
    /// <param name="userId">From the first step.</param>
    /// <param name="securityStamp">From the first step.</param>
    /// <param name="recoveryCode">As printed; blanks are ignored.</param>
    /// <param name="remoteAddress">Address of the client; null when unknown.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    Task<Result<SignedInUser>> WithRecoveryCodeAsync(
        Guid userId, string securityStamp, string recoveryCode, string? remoteAddress, CancellationToken cancellationToken = default);

    /// <summary>Writes the sign-out to the audit log; the cookie is the caller's business.</summary>
    Task SignedOutAsync(Guid userId, string? remoteAddress, CancellationToken cancellationToken = default);
}

/// <summary>Outcome of the password step.</summary>
/// <param name="User">Whose password was right.</param>
/// <param name="NeedsSecondFactor">True when the user is not signed in yet: a code must follow.</param>
public sealed record SignInStep(SignedInUser User, bool NeedsSecondFactor);
