namespace CallCenter.Core.Identity;

/// <summary>An account that is signed in and in good standing.</summary>
/// <param name="Id">Key of the user.</param>
/// <param name="UserName">Name to sign in with.</param>
/// <param name="DisplayName">Name as people see it.</param>
/// <param name="SecurityStamp">Changes with the password and when the account is disabled; ends every older session.</param>
/// <param name="IsPlatformAdministrator">May administer the installation.</param>
/// <param name="MustChangePassword">Signed in with a one-time password: nothing but the password page opens.</param>
/// <param name="Language"><c>en</c>, <c>ar</c>, or null: follow the tenant, then the browser.</param>
public sealed record SignedInUser(
    Guid Id, string UserName, string DisplayName, string SecurityStamp, bool IsPlatformAdministrator, bool MustChangePassword, string? Language);
