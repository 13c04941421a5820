using CallCenter.Core.Audit;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Tenancy;

internal sealed class TenantAdministration(
    IDbContextFactory<CallCenterDbContext> contexts,
    ContextOptions boundContexts,
    UserManagers managers,
    NewAccounts accounts,
    IAuditTrail audit,
    ICaller caller,
    TimeProvider time) : ITenantAdministration
{
    private static readonly TenantFormValidator Rules = new();

    public async Task<Result<IReadOnlyList<TenantRow>>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Platform.Tenants))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Rows(db).ToListAsync(cancellationToken);
    }

    public async Task<Result<TenantRow>> GetAsync(Guid tenantId, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Platform.Tenants))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Rows(db, tenantId).SingleOrDefaultAsync(cancellationToken) is { } row ? row : TenantErrors.NotFound;
    }

    public async Task<Result<NewTenant>> CreateAsync(TenantForm form, PersonForm owner, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Platform.Tenants))
        {
            return AccessErrors.Denied;
        }

        if (Rules.Validate(form).FirstError() is { } wrong)
        {
            return wrong;
        }

        var tenant = new Tenant
        {
            Slug = form.Slug,
            Name = form.Name.Trim(),
            TimeZoneId = form.TimeZoneId,
            CountryCode = form.CountryCode,
            Language = form.Language,
            CreatedAtUtc = time.GetUtcNow().UtcDateTime,
        };

        // The membership is the new tenant's row, so the context that saves it is bound to that tenant, and to it alone.
        var info = TenantDirectory.Info(tenant);
        var scope = new ScopeContext();
        scope.EnterAsSystem(info, caller.Name);
        await using var db = boundContexts.Create(scope);
        if (await db.Set<Tenant>().AnyAsync(t => t.Slug == tenant.Slug, cancellationToken))
        {
            return TenantErrors.SlugTaken;
        }

        var (found, password) = await OwnerAsync(db, owner, form.Language);
        if (found.Error is { } error)
        {
            return error;
        }

        var user = found.Value;
        db.Add(tenant);
        db.Add(new Membership { UserId = user.Id, Role = TenantRole.Owner, CreatedAtUtc = tenant.CreatedAtUtc });
        audit.AppendPlatform(db, NoteOf(AuditActions.TenantCreated, tenant) with { After = ValuesOf(tenant) });
        new AuditTrail(caller, scope, time).Append(
            db,
            new AuditNote(password is null ? AuditActions.UserAdded : AuditActions.UserCreated, AuditSubjects.User, user.Id.ToString(), user.UserName!)
            {
                After = new AuditValues { ["email"] = user.Email, ["role"] = TenantRole.Owner },
            });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            if (await db.Set<Tenant>().AnyAsync(t => t.Slug == tenant.Slug && t.Id != tenant.Id, cancellationToken))
            {
                return TenantErrors.SlugTaken;
            }

            if (password is not null && await IdentityFailures.TakenAsync(db, user, cancellationToken) is { } taken)
            {
                return taken;
            }

            throw;
        }

        return new NewTenant(info, user.UserName!, password);
    }

    public async Task<Result> UpdateAsync(Guid tenantId, TenantForm form, int version, CancellationToken cancellationToken = default) =>
        Rules.Validate(form).FirstError() is { } wrong && caller.May(Permissions.Platform.Tenants)
            ? wrong
            : await ChangeAsync(tenantId, version, AuditActions.TenantChanged, tenant =>
            {
                tenant.Slug = form.Slug;
                tenant.Name = form.Name.Trim();
                tenant.TimeZoneId = form.TimeZoneId;
                tenant.CountryCode = form.CountryCode;
                tenant.Language = form.Language;
            }, cancellationToken);

    public Task<Result> SuspendAsync(Guid tenantId, int version, CancellationToken cancellationToken = default) => ChangeAsync(
        tenantId, version, AuditActions.TenantSuspended, tenant => tenant.SuspendedAtUtc ??= time.GetUtcNow().UtcDateTime, cancellationToken);

    public Task<Result> ResumeAsync(Guid tenantId, int version, CancellationToken cancellationToken = default) =>
        ChangeAsync(tenantId, version, AuditActions.TenantResumed, tenant => tenant.SuspendedAtUtc = null, cancellationToken);

    private static IQueryable<TenantRow> Rows(CallCenterDbContext db, Guid? tenantId = null) => db.Set<Tenant>()
        .Where(t => tenantId == null || t.Id == tenantId)
        .OrderBy(t => t.Name)
        .Select(t => new TenantRow(
            new TenantInfo(t.Id, t.Slug, t.Name, t.TimeZoneId, t.CountryCode, t.Language),
            t.SuspendedAtUtc,
            t.CreatedAtUtc,
            db.Set<Membership>().IgnoreQueryFilters(new[] { CallCenterDbContext.TenantFilter })
                .Count(m => m.TenantId == t.Id && m.DisabledAtUtc == null),
            t.Version));

    private static AuditNote NoteOf(string action, Tenant tenant) => new(action, AuditSubjects.Tenant, tenant.Id.ToString(), tenant.Name);

    private static AuditValues ValuesOf(Tenant tenant) => new()
    {
        ["slug"] = tenant.Slug,
        ["name"] = tenant.Name,
        ["timeZone"] = tenant.TimeZoneId,
        ["country"] = tenant.CountryCode,
        ["language"] = tenant.Language,
        ["active"] = tenant.SuspendedAtUtc is null,
    };

    private async Task<(Result<AppUser> User, Secret? Password)> OwnerAsync(CallCenterDbContext db, PersonForm form, string language)
    {
        if (form.UserName.Length > 0 || form.DisplayName.Length > 0)
        {
            var password = Passwords.NewOneTimePassword();
            form.Role = TenantRole.Owner;
            return (await accounts.AddAsync(db, form, password, mustChangePassword: true, language), password);
        }

        using var users = managers.Create(db);
        return await users.FindByEmailAsync(form.Email.Trim()) is { DisabledAtUtc: null } user
            ? (user, null)
            : (IdentityErrors.EmailUnknown, null);
    }

    private async Task<Result> ChangeAsync(Guid tenantId, int version, string action, Action<Tenant> change, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Platform.Tenants))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Tenant>().SingleOrDefaultAsync(t => t.Id == tenantId, cancellationToken) is not { } tenant)
        {
            return TenantErrors.NotFound;
        }

        if (tenant.Version != version)
        {
            return TenantErrors.Conflict;
        }

        var before = ValuesOf(tenant);
        change(tenant);
        if (await db.Set<Tenant>().AnyAsync(t => t.Slug == tenant.Slug && t.Id != tenantId, cancellationToken))
        {
            return TenantErrors.SlugTaken;
        }

        audit.AppendPlatform(db, NoteOf(action, tenant) with { Before = before, After = ValuesOf(tenant) });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return Result.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            return TenantErrors.Conflict;
        }
        catch (DbUpdateException)
        {
            if (await db.Set<Tenant>().AsNoTracking().AnyAsync(t => t.Slug == tenant.Slug && t.Id != tenantId, cancellationToken))
            {
                return TenantErrors.SlugTaken;
            }

            throw;
        }
    }
}
