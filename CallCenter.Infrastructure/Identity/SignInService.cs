using CallCenter.Core.Audit;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Identity;

internal sealed class SignInService(
    IDbContextFactory<CallCenterDbContext> contexts,
    UserManagers managers,
    IPasswordHasher<AppUser> hasher,
    DecoyPassword decoy,
    SignInLimiter limiter,
    AccountAttempts attempts,
    TimeProvider time) : ISignIn
{
    public async Task<Result<SignInStep>> WithPasswordAsync(
        string userName, Secret password, string? remoteAddress, string? slug = null, CancellationToken cancellationToken = default)
    {
        var text = password.Reveal();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var users = managers.Create(db);
        var name = userName.Trim();

        // The number 1001 of one tenant is not that of another, also where attempts are counted.
        var extension = ExtensionName.Parse(name, slug);
        using var attempt = await limiter.BeginAsync(remoteAddress, users.NormalizeName(extension?.ToString() ?? name) ?? "", cancellationToken);
        if (attempt is null)
        {
            return IdentityErrors.TooManyAttempts;
        }

        if (text.Length > PasswordRules.MaxLength || name.Length > PersonForm.EmailMaxLength)
        {
            attempt.Failed();
            return IdentityErrors.SignInFailed;
        }

        var user = await users.FindByNameAsync(name)
            ?? (name.Contains('@') ? await users.FindByEmailAsync(name) : null)
            ?? (extension is null ? null : await ExtensionHolders.FindAsync(db, extension, cancellationToken));
        if (user?.PasswordHash is null)
        {
            // Hash, lock and statements as with an account, all but the commit: the time taken must not tell.
            decoy.Check(text);
            attempt.Failed();
            await attempts.FailAsync(db, AccountAttempts.Nobody, AuditActions.SignInFailed, remoteAddress, cancellationToken);
            return IdentityErrors.SignInFailed;
        }

        var verdict = hasher.VerifyHashedPassword(user, user.PasswordHash, text);
        if (attempts.IsClosed(user) || verdict == PasswordVerificationResult.Failed)
        {
            attempt.Failed();
            await attempts.FailAsync(db, user, AuditActions.SignInFailed, remoteAddress, cancellationToken);
            return IdentityErrors.SignInFailed;
        }

        if (!user.TwoFactorEnabled)
        {
            await attempts.SucceedAsync(db, user, AuditActions.SignedIn, remoteAddress, cancellationToken);
        }

        return new SignInStep(user.ToSignedIn(), user.TwoFactorEnabled);
    }

    public Task<Result<SignedInUser>> WithCodeAsync(
        Guid userId, string securityStamp, string code, string? remoteAddress, CancellationToken cancellationToken = default) =>
        SecondStepAsync(userId, securityStamp, remoteAddress, AuditActions.SignedIn, async (db, users, user) =>
        {
            if (await users.GetAuthenticatorKeyAsync(user) is not { } key || Totp.Match(key, code, time.GetUtcNow(), user.LastCodeStep) is not { } step)
            {
                return false;
            }

            // The condition decides between two who use the same code at once.
            return await db.Set<AppUser>().Where(u => u.Id == user.Id && (u.LastCodeStep == null || u.LastCodeStep < step))
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.LastCodeStep, step), cancellationToken) == 1;
        }, cancellationToken);

    public Task<Result<SignedInUser>> WithRecoveryCodeAsync(
        Guid userId, string securityStamp, string recoveryCode, string? remoteAddress, CancellationToken cancellationToken = default) =>
        SecondStepAsync(userId, securityStamp, remoteAddress, AuditActions.RecoveryCodeUsed, async (db, users, user) =>
        {
            var code = string.Concat(recoveryCode.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
            if (!(await users.RedeemTwoFactorRecoveryCodeAsync(user, code)).Succeeded)
            {
                return false;
            }

            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public async Task SignedOutAsync(Guid userId, string? remoteAddress, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<AppUser>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, cancellationToken) is { } user)
        {
            attempts.Note(db, user, AuditActions.SignedOut, remoteAddress);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task<Result<SignedInUser>> SecondStepAsync(
        Guid userId,
        string securityStamp,
        string? remoteAddress,
        string action,
        Func<CallCenterDbContext, UserManager<AppUser>, AppUser, Task<bool>> redeemAsync,
        CancellationToken cancellationToken)
    {
        using var attempt = await limiter.BeginAsync(remoteAddress, userId.ToString("N"), cancellationToken);
        if (attempt is null)
        {
            return IdentityErrors.TooManyAttempts;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            await AuditWriter.LockAsync(db, AuditChains.Platform, cancellationToken);
            using var users = managers.Create(db);
            var user = await users.FindByIdAsync(userId.ToString());
            if (user is null || user.SecurityStamp != securityStamp || !user.TwoFactorEnabled)
            {
                attempt.Failed();
                return IdentityErrors.SignInFailed;
            }

            if (!attempts.IsClosed(user) && await redeemAsync(db, users, user))
            {
                await attempts.SucceedAsync(db, user, action, remoteAddress, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return user.ToSignedIn();
            }

            attempt.Failed();
            await attempts.FailAsync(db, user, AuditActions.SignInFailed, remoteAddress, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return IdentityErrors.SignInFailed;
        }
    }
}
