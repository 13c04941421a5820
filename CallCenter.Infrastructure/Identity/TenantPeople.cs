using CallCenter.Core.Audit;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Identity;

/// <summary>
/// Every change takes the lock on the tenant's audit chain before it reads: two admins who each remove one of two owners come
/// one after the other, and the second sees what the first did.
/// </summary>
internal sealed class TenantPeople(
    IDbContextFactory<CallCenterDbContext> contexts,
    UserManagers managers,
    NewAccounts accounts,
    IPasswordHasher<AppUser> hasher,
    IAuditTrail audit,
    ICaller caller,
    ITenantContext tenant,
    TimeProvider time) : ITenantPeople
{
    // Jobs, seeding and command-line verbs act for the installation.
    private bool ActsAsOwner => caller.Role == TenantRole.Owner || caller.UserId is null;

    public async Task<Result<IReadOnlyList<PersonRow>>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Users.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from membership in db.Set<Membership>()
            join user in db.Set<AppUser>() on membership.UserId equals user.Id
            orderby user.DisplayName, user.UserName
            select new PersonRow(
                user.Id, user.UserName!, user.DisplayName, user.Email, membership.Role, membership.DisabledAtUtc, user.TwoFactorEnabled,
                user.MustChangePassword, membership.CreatedAtUtc, membership.Version)).ToListAsync(cancellationToken);
    }

    public async Task<Result<NewPerson>> CreateAsync(PersonForm form, CancellationToken cancellationToken = default)
    {
        if (Refuse(form.Role) is { } refusal)
        {
            return refusal;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var password = Passwords.NewOneTimePassword();
        var added = await accounts.AddAsync(db, form, password, mustChangePassword: true, tenant.Tenant.Language);
        if (added.Error is { } error)
        {
            return error;
        }

        var user = added.Value;
        db.Add(NewMembership(user.Id, form.Role));
        audit.Append(db, NoteOf(AuditActions.UserCreated, user) with
        {
            After = new AuditValues { ["userName"] = user.UserName, ["displayName"] = user.DisplayName, ["email"] = user.Email, ["role"] = form.Role },
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            if (await IdentityFailures.TakenAsync(db, user, cancellationToken) is { } taken)
            {
                return taken;
            }

            throw;
        }

        return new NewPerson(user.Id, user.UserName!, password);
    }

    public async Task<Result> AddExistingAsync(string email, TenantRole role, CancellationToken cancellationToken = default)
    {
        if (Refuse(role) is { } refusal)
        {
            return refusal;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        using var users = managers.Create(db);
        if (await users.FindByEmailAsync(email.Trim()) is not { DisabledAtUtc: null } user)
        {
            return IdentityErrors.EmailUnknown;
        }

        if (await db.Set<Membership>().AnyAsync(m => m.UserId == user.Id, cancellationToken))
        {
            return IdentityErrors.AlreadyMember;
        }

        db.Add(NewMembership(user.Id, role));
        audit.Append(db, NoteOf(AuditActions.UserAdded, user) with { After = new AuditValues { ["email"] = user.Email, ["role"] = role } });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }

    public Task<Result> ChangeRoleAsync(Guid userId, TenantRole role, int version, CancellationToken cancellationToken = default) =>
        Refuse(role) is { } refusal
            ? Task.FromResult<Result>(refusal)
            : ChangeAsync(userId, version, AuditActions.UserRoleChanged, membership => membership.Role = role, cancellationToken);

    public Task<Result> DisableAsync(Guid userId, int version, CancellationToken cancellationToken = default) =>
        userId == caller.UserId
            ? Task.FromResult<Result>(IdentityErrors.NotYourself)
            : ChangeAsync(
                userId, version, AuditActions.UserDisabled, membership => membership.DisabledAtUtc ??= time.GetUtcNow().UtcDateTime, cancellationToken);

    public Task<Result> EnableAsync(Guid userId, int version, CancellationToken cancellationToken = default) =>
        ChangeAsync(userId, version, AuditActions.UserEnabled, membership => membership.DisabledAtUtc = null, cancellationToken);

    public async Task<Result<Secret>> ResetPasswordAsync(Guid userId, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Users.Edit))
        {
            return AccessErrors.Denied;
        }

        if (userId == caller.UserId)
        {
            return IdentityErrors.NotYourself;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        if (await db.Set<Membership>().SingleOrDefaultAsync(m => m.UserId == userId, cancellationToken) is not { } membership)
        {
            return IdentityErrors.NotFound;
        }

        if (membership.Role == TenantRole.Owner && !ActsAsOwner)
        {
            return IdentityErrors.OwnerOnly;
        }

        var user = await db.Set<AppUser>().SingleAsync(u => u.Id == userId, cancellationToken);
        var here = tenant.TenantId;
        if (user.IsPlatformAdministrator || await db.Set<Membership>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter])
            .AnyAsync(m => m.UserId == userId && m.TenantId != here, cancellationToken))
        {
            return IdentityErrors.SharedAccount;
        }

        var password = await PasswordReset.ApplyAsync(db, managers, hasher, user, cancellationToken);
        audit.Append(db, NoteOf(AuditActions.UserPasswordReset, user));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return IdentityErrors.Conflict;
        }

        await transaction.CommitAsync(cancellationToken);
        return password;
    }

    private async Task<Result> ChangeAsync(
        Guid userId, int version, string action, Action<Membership> change, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Users.Edit))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        if (await db.Set<Membership>().SingleOrDefaultAsync(m => m.UserId == userId, cancellationToken) is not { } membership)
        {
            return IdentityErrors.NotFound;
        }

        if (membership.Version != version)
        {
            return IdentityErrors.Conflict;
        }

        var before = ValuesOf(membership);
        var (wasOwner, wasActiveOwner) = (membership.Role == TenantRole.Owner, IsActiveOwner(membership));
        change(membership);
        if ((wasOwner || membership.Role == TenantRole.Owner) && !ActsAsOwner)
        {
            return IdentityErrors.OwnerOnly;
        }

        if (wasActiveOwner && !IsActiveOwner(membership) && !await HasOtherOwnerAsync(db, userId, cancellationToken))
        {
            return IdentityErrors.LastOwner;
        }

        var user = await db.Set<AppUser>().AsNoTracking().SingleAsync(u => u.Id == userId, cancellationToken);
        audit.Append(db, NoteOf(action, user) with { Before = before, After = ValuesOf(membership) });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }

    private static bool IsActiveOwner(Membership membership) => membership is { Role: TenantRole.Owner, DisabledAtUtc: null };

    private static Task<bool> HasOtherOwnerAsync(CallCenterDbContext db, Guid userId, CancellationToken cancellationToken) =>
        db.Set<Membership>().AnyAsync(
            m => m.UserId != userId && m.Role == TenantRole.Owner && m.DisabledAtUtc == null
                && db.Set<AppUser>().Any(u => u.Id == m.UserId && u.DisabledAtUtc == null),
            cancellationToken);

    private static AuditValues ValuesOf(Membership membership) => new() { ["role"] = membership.Role, ["active"] = membership.DisabledAtUtc is null };

    private static AuditNote NoteOf(string action, AppUser user) => new(action, AuditSubjects.User, user.Id.ToString(), user.UserName!);

    private Membership NewMembership(Guid userId, TenantRole role) =>
        new() { UserId = userId, Role = role, CreatedAtUtc = time.GetUtcNow().UtcDateTime };

    private Error? Refuse(TenantRole role) =>
        !caller.May(Permissions.Users.Edit) ? AccessErrors.Denied
        : !Enum.IsDefined(role) ? IdentityErrors.UnknownRole
        : role == TenantRole.Owner && !ActsAsOwner ? IdentityErrors.OwnerOnly
        : null;
}
