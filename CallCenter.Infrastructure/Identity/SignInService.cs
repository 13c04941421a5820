using CallCenter.Core.Audit;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Identity;

/// <summary>
/// Counts failures in the database with single statements, so that parallel guesses on several nodes all count. The lock on
/// the platform's audit chain comes first in every transaction here; see <see cref="AuditWriter.LockAsync"/>.
/// </summary>
internal sealed class SignInService(
    IDbContextFactory<CallCenterDbContext> contexts,
    UserManagers managers,
    IPasswordHasher<AppUser> hasher,
    DecoyPassword decoy,
    SignInLimiter limiter,
    IAuditTrail audit,
    IOptions<SignInOptions> options,
    TimeProvider time) : ISignIn
{
    private static readonly AppUser Nobody = new() { UserName = "", DisplayName = "" };

    public async Task<Result<SignInStep>> WithPasswordAsync(
        string userName, Secret password, string? remoteAddress, CancellationToken cancellationToken = default)
    {
        var text = password.Reveal();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var users = managers.Create(db);
        var name = userName.Trim();
        using var attempt = await limiter.BeginAsync(remoteAddress, users.NormalizeName(name) ?? "", cancellationToken);
        if (attempt is null)
        {
            return IdentityErrors.TooManyAttempts;
        }

        if (text.Length > PasswordRules.MaxLength || name.Length > PersonForm.EmailMaxLength)
        {
            attempt.Failed();
            return IdentityErrors.SignInFailed;
        }

        var user = await users.FindByNameAsync(name) ?? (name.Contains('@') ? await users.FindByEmailAsync(name) : null);
        if (user?.PasswordHash is null)
        {
            // Hash, lock and statements as with an account, all but the commit: the time taken must not tell.
            decoy.Check(text);
            attempt.Failed();
            await CountFailureAsync(db, Nobody, remoteAddress, cancellationToken);
            return IdentityErrors.SignInFailed;
        }

        var verdict = hasher.VerifyHashedPassword(user, user.PasswordHash, text);
        if (IsClosed(user) || verdict == PasswordVerificationResult.Failed)
        {
            attempt.Failed();
            await CountFailureAsync(db, user, remoteAddress, cancellationToken);
            return IdentityErrors.SignInFailed;
        }

        if (!user.TwoFactorEnabled)
        {
            await SucceedAsync(db, user, AuditActions.SignedIn, remoteAddress, cancellationToken);
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
            Note(db, user, AuditActions.SignedOut, remoteAddress);
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

            if (!IsClosed(user) && await redeemAsync(db, users, user))
            {
                await SucceedAsync(db, user, action, remoteAddress, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return user.ToSignedIn();
            }

            attempt.Failed();
            await CountFailureAsync(db, user, remoteAddress, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return IdentityErrors.SignInFailed;
        }
    }

    private async Task SucceedAsync(CallCenterDbContext db, AppUser user, string action, string? remoteAddress, CancellationToken cancellationToken)
    {
        await using var own = await BeginAsync(db, cancellationToken);
        await db.Set<AppUser>().Where(u => u.Id == user.Id && (u.AccessFailedCount != 0 || u.LockoutEnd != null)).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), cancellationToken);
        Note(db, user, action, remoteAddress);
        await db.SaveChangesAsync(cancellationToken);
        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }
    }

    private async Task CountFailureAsync(CallCenterDbContext db, AppUser user, string? remoteAddress, CancellationToken cancellationToken)
    {
        await using var own = await BeginAsync(db, cancellationToken);
        Note(db, user, AuditActions.SignInFailed, remoteAddress);
        if (!IsClosed(user))
        {
            await db.Set<AppUser>().Where(u => u.Id == user.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1), cancellationToken);
            DateTimeOffset? until = time.GetUtcNow() + options.Value.LockoutDuration;
            var limit = options.Value.LockoutFailures;
            var locked = await db.Set<AppUser>().Where(u => u.Id == user.Id && u.AccessFailedCount >= limit).ExecuteUpdateAsync(
                set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, until), cancellationToken);
            if (locked == 1)
            {
                Note(db, user, AuditActions.LockedOut, remoteAddress);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        if (own is not null && user != Nobody)
        {
            await own.CommitAsync(cancellationToken);
        }
    }

    private static async Task<IDbContextTransaction?> BeginAsync(
        CallCenterDbContext db, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            return null;
        }

        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, AuditChains.Platform, cancellationToken);
        return transaction;
    }

    // Nobody is signed in yet, so the account itself is the actor of what is tried in its name.
    private void Note(CallCenterDbContext db, AppUser user, string action, string? remoteAddress) => audit.AppendPlatform(
        db,
        new AuditNote(action, AuditSubjects.User, user.Id.ToString(), user.UserName!),
        new AuditActor(user.Id, user.DisplayName, remoteAddress));

    private bool IsClosed(AppUser user) => user.DisabledAtUtc is not null || user.LockoutEnd > time.GetUtcNow();
}
