using CallCenter.Core.Audit;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Identity;

internal sealed class AdministratorSetup(
    IDbContextFactory<CallCenterDbContext> contexts,
    UserManagers managers,
    NewAccounts accounts,
    IPasswordHasher<AppUser> hasher,
    IAuditTrail audit) : IAdministratorSetup
{
    private static readonly AuditActor CommandLine = new(null, "command line", null);

    public async Task<Result<NewPerson>> CreateAsync(PersonForm form, CancellationToken cancellationToken = default) =>
        await CreateAsync(form, Passwords.NewOneTimePassword(), mustChangePassword: true, cancellationToken);

    public async Task<Result<NewPerson>> CreateAsync(PersonForm form, Secret password, CancellationToken cancellationToken = default) =>
        await CreateAsync(form, password, mustChangePassword: false, cancellationToken);

    public async Task<Result<Secret>> ResetPasswordAsync(string userName, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var users = managers.Create(db);
        if (await users.FindByNameAsync(userName.Trim()) is not { } user)
        {
            return IdentityErrors.NotFound;
        }

        var password = await PasswordReset.ApplyAsync(db, managers, hasher, user, cancellationToken);
        audit.AppendPlatform(db, new AuditNote(AuditActions.UserPasswordReset, AuditSubjects.User, user.Id.ToString(), user.UserName!), CommandLine);
        await db.SaveChangesAsync(cancellationToken);
        return password;
    }

    private async Task<Result<NewPerson>> CreateAsync(PersonForm form, Secret password, bool mustChangePassword, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var added = await accounts.AddAsync(db, form, password, mustChangePassword);
        if (added.Error is { } error)
        {
            return error;
        }

        var user = added.Value;
        user.IsPlatformAdministrator = true;
        audit.AppendPlatform(db, new AuditNote(AuditActions.AdministratorCreated, AuditSubjects.User, user.Id.ToString(), user.UserName!), CommandLine);
        await db.SaveChangesAsync(cancellationToken);
        return new NewPerson(user.Id, user.UserName!, password);
    }
}
