using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;

namespace CallCenter.Infrastructure.Identity;

internal static class PasswordReset
{
    /// <summary>Gives a one-time password, opens a locked account, forgets the second factor and ends every session; saving is the caller's.</summary>
    public static async Task<Secret> ApplyAsync(
        CallCenterDbContext db, UserManagers managers, IPasswordHasher<AppUser> hasher, AppUser user, CancellationToken cancellationToken)
    {
        var password = Passwords.NewOneTimePassword();
        user.PasswordHash = hasher.HashPassword(user, password.Reveal());
        user.MustChangePassword = true;
        user.AccessFailedCount = 0;
        user.LockoutEnd = null;
        await MyAccount.ForgetTwoFactorAsync(db, user, cancellationToken);
        using var users = managers.Create(db);
        await users.UpdateSecurityStampAsync(user);
        return password;
    }
}
