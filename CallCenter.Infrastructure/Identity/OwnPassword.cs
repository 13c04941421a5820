using CallCenter.Core.Audit;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Identity;

/// <summary>
/// The password of the signed-in person, typed again before something that an open session alone must not give. Wrong ones
/// count as wrong ones at the door do: the limit per account, and the lock-out.
/// </summary>
internal sealed class OwnPassword(
    IDbContextFactory<CallCenterDbContext> contexts,
    IPasswordHasher<AppUser> hasher,
    SignInLimiter limiter,
    AccountAttempts attempts,
    ICaller caller)
{
    public async Task<Error?> CheckAsync(Secret password, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await CheckAsync(db, await db.Set<AppUser>().SingleAsync(u => u.Id == caller.UserId, cancellationToken), password, cancellationToken);
    }

    public async Task<Error?> CheckAsync(CallCenterDbContext db, AppUser me, Secret password, CancellationToken cancellationToken)
    {
        using var attempt = await limiter.BeginAsync(null, me.Id.ToString("N"), cancellationToken);
        if (attempt is null)
        {
            return IdentityErrors.TooManyAttempts;
        }

        // Others may have failed while this one waited. Who is signed in may learn that the account rests.
        await db.Entry(me).ReloadAsync(cancellationToken);
        if (attempts.IsClosed(me))
        {
            return IdentityErrors.TooManyAttempts;
        }

        var text = password.Reveal();
        if (text.Length > PasswordRules.MaxLength
            || me.PasswordHash is null
            || hasher.VerifyHashedPassword(me, me.PasswordHash, text) == PasswordVerificationResult.Failed)
        {
            attempt.Failed();
            await attempts.FailAsync(db, me, AuditActions.PasswordRefused, caller.RemoteAddress, cancellationToken);
            return IdentityErrors.WrongPassword;
        }

        await attempts.SucceedAsync(db, me, action: null, caller.RemoteAddress, cancellationToken);
        return null;
    }
}
