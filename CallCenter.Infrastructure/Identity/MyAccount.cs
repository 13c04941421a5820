using System.Globalization;
using CallCenter.Core.Audit;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using QRCoder;

namespace CallCenter.Infrastructure.Identity;

internal sealed class MyAccount(
    IDbContextFactory<CallCenterDbContext> contexts,
    UserManagers managers,
    IPasswordHasher<AppUser> hasher,
    SignInLimiter limiter,
    OwnPassword password,
    IAuditTrail audit,
    ICaller caller,
    TimeProvider time) : IMyAccount
{
    private const string Issuer = "CallCenter";
    private const int RecoveryCodes = 10;

    private Guid MyId => caller.UserId ?? throw new InvalidOperationException("Nobody is signed in.");

    public async Task<MyAccountFacts> GetAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var users = managers.Create(db);
        var me = await LoadAsync(users);
        return new MyAccountFacts(
            me.UserName!, me.DisplayName, me.Email, me.Language, me.TwoFactorEnabled, await users.CountRecoveryCodesAsync(me), me.MustChangePassword);
    }

    public Task<Result<SignedInUser>> ChangePasswordAsync(
        Secret currentPassword, Secret newPassword, CancellationToken cancellationToken = default) =>
        ChangeAsync<SignedInUser>(currentPassword, async (db, users, me) =>
        {
            if (string.Equals(currentPassword.Reveal(), newPassword.Reveal(), StringComparison.Ordinal))
            {
                return IdentityErrors.PasswordUnchanged;
            }

            if (await Passwords.CheckAsync(users, me, newPassword) is { } error)
            {
                return error;
            }

            me.PasswordHash = hasher.HashPassword(me, newPassword.Reveal());
            me.MustChangePassword = false;
            await users.UpdateSecurityStampAsync(me);
            Note(db, me, AuditActions.PasswordChanged);
            await db.SaveChangesAsync(cancellationToken);
            return me.ToSignedIn();
        }, cancellationToken);

    public async Task<Result<AuthenticatorSetup>> BeginTwoFactorAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var users = managers.Create(db);
        var me = await LoadAsync(users);
        if (me.TwoFactorEnabled)
        {
            return IdentityErrors.TwoFactorState;
        }

        // Through the store: the manager's way would change the security stamp and end the session that does this.
        var key = users.GenerateNewAuthenticatorKey();
        using (var store = managers.CreateStore(db))
        {
            await store.SetAuthenticatorKeyAsync(me, key, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        var label = Uri.EscapeDataString($"{Issuer}:{me.UserName}");
        var uri = $"otpauth://totp/{label}?secret={key}&issuer={Issuer}&digits=6&period=30";
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return new AuthenticatorSetup(string.Join(' ', key.Chunk(4).Select(group => new string(group))), uri, svg.GetGraphic(4));
    }

    public async Task<Result<IReadOnlyList<string>>> ConfirmTwoFactorAsync(string code, CancellationToken cancellationToken = default)
    {
        using var attempt = await limiter.BeginAsync(null, MyId.ToString("N"), cancellationToken);
        if (attempt is null)
        {
            return IdentityErrors.TooManyAttempts;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var users = managers.Create(db);
        var me = await LoadAsync(users);
        if (me.TwoFactorEnabled || await users.GetAuthenticatorKeyAsync(me) is not { } key)
        {
            return IdentityErrors.TwoFactorState;
        }

        if (Totp.Match(key, code, time.GetUtcNow(), me.LastCodeStep) is not { } step)
        {
            attempt.Failed();
            return IdentityErrors.WrongCode;
        }

        me.TwoFactorEnabled = true;
        me.LastCodeStep = step;
        return await SaveNewCodesAsync(db, users, me, AuditActions.TwoFactorEnabled, cancellationToken);
    }

    public Task<Result<IReadOnlyList<string>>> RenewRecoveryCodesAsync(Secret currentPassword, CancellationToken cancellationToken = default) =>
        ChangeAsync<IReadOnlyList<string>>(
            currentPassword,
            async (db, users, me) => me.TwoFactorEnabled
                ? await SaveNewCodesAsync(db, users, me, AuditActions.RecoveryCodesRenewed, cancellationToken)
                : IdentityErrors.TwoFactorState,
            cancellationToken);

    public async Task<Result> DisableTwoFactorAsync(Secret currentPassword, CancellationToken cancellationToken = default)
    {
        var result = await ChangeAsync<bool>(currentPassword, async (db, users, me) =>
        {
            if (!me.TwoFactorEnabled)
            {
                return IdentityErrors.TwoFactorState;
            }

            await ForgetTwoFactorAsync(db, me, cancellationToken);
            await users.UpdateAsync(me);
            Note(db, me, AuditActions.TwoFactorDisabled);
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
        return result.Error is { } error ? error : Result.Success;
    }

    public async Task<Result> SetLanguageAsync(string? language, CancellationToken cancellationToken = default)
    {
        if (language is not (null or "en" or "ar"))
        {
            return IdentityErrors.UnknownLanguage;
        }

        var id = MyId;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Set<AppUser>().Where(u => u.Id == id).ExecuteUpdateAsync(set => set.SetProperty(u => u.Language, language), cancellationToken);
        return Result.Success;
    }

    /// <summary>Switches the second factor off in memory and removes its stored secrets with the next save.</summary>
    public static async Task ForgetTwoFactorAsync(CallCenterDbContext db, AppUser user, CancellationToken cancellationToken)
    {
        user.TwoFactorEnabled = false;
        user.LastCodeStep = null;
        db.RemoveRange(await db.Set<IdentityUserToken<Guid>>().Where(t => t.UserId == user.Id).ToListAsync(cancellationToken));
    }

    private async Task<AppUser> LoadAsync(UserManager<AppUser> users) =>
        await users.FindByIdAsync(MyId.ToString("D", CultureInfo.InvariantCulture)) ?? throw new InvalidOperationException("The account is gone.");

    /// <summary>Runs a change that the current password must allow.</summary>
    private async Task<Result<T>> ChangeAsync<T>(
        Secret currentPassword, Func<CallCenterDbContext, UserManager<AppUser>, AppUser, Task<Result<T>>> changeAsync, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var users = managers.Create(db);
        var me = await LoadAsync(users);
        if (await password.CheckAsync(db, me, currentPassword, cancellationToken) is { } error)
        {
            return error;
        }

        try
        {
            return await changeAsync(db, users, me);
        }
        catch (DbUpdateConcurrencyException)
        {
            return IdentityErrors.Conflict;
        }
    }

    private async Task<Result<IReadOnlyList<string>>> SaveNewCodesAsync(
        CallCenterDbContext db, UserManager<AppUser> users, AppUser me, string action, CancellationToken cancellationToken)
    {
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(me, RecoveryCodes) ?? [];
        Note(db, me, action);
        await db.SaveChangesAsync(cancellationToken);
        return codes.ToList();
    }

    private void Note(CallCenterDbContext db, AppUser me, string action) =>
        audit.AppendPlatform(db, new AuditNote(action, AuditSubjects.User, me.Id.ToString(), me.UserName!));
}
