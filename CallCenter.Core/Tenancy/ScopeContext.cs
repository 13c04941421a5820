namespace CallCenter.Core.Tenancy;

/// <summary>
/// Tenant and caller of one dependency-injection scope: a circuit, a request, or one run of a job. A scope is bound to a
/// tenant once; a circuit that wants another tenant loads the page anew, so that work still under way cannot end up in it.
/// </summary>
public sealed class ScopeContext : ITenantContext, ICaller
{
    private TenantInfo? _tenant;
    private bool _isSystem;

    /// <inheritdoc />
    public bool HasTenant => _tenant is not null;

    /// <inheritdoc />
    public Guid TenantId => Tenant.Id;

    /// <inheritdoc />
    public TenantInfo Tenant => _tenant ?? throw new InvalidOperationException("No tenant was entered in this scope.");

    /// <inheritdoc />
    public Guid? UserId { get; private set; }

    /// <inheritdoc />
    public string Name { get; private set; } = "";

    /// <inheritdoc />
    public bool IsPlatformAdministrator { get; private set; }

    /// <inheritdoc />
    public TenantRole? Role { get; private set; }

    /// <inheritdoc />
    public string? RemoteAddress { get; private set; }

    /// <inheritdoc />
    public bool May(string permission)
    {
        if (permission == Permissions.Platform.Tenants)
        {
            return IsPlatformAdministrator;
        }

        return HasTenant && (_isSystem || (Role is { } role && RolePermissions.For(role).Contains(permission)));
    }

    /// <summary>Says who is signed in. Called again after revalidation; a different user in the same scope is refused.</summary>
    /// <exception cref="InvalidOperationException">The scope belongs to someone else.</exception>
    public void SignIn(Guid userId, string name, bool isPlatformAdministrator, string? remoteAddress)
    {
        if (_isSystem || (UserId is { } current && current != userId))
        {
            throw new InvalidOperationException("The scope belongs to another caller.");
        }

        UserId = userId;
        Name = name;
        IsPlatformAdministrator = isPlatformAdministrator;
        RemoteAddress = remoteAddress;
    }

    /// <summary>Binds the scope to a tenant in which the signed-in user has <paramref name="role"/>. The role may change later.</summary>
    /// <exception cref="InvalidOperationException">The scope is bound to another tenant, or nobody is signed in.</exception>
    public void EnterTenant(TenantInfo tenant, TenantRole role)
    {
        if (UserId is null)
        {
            throw new InvalidOperationException("Nobody is signed in.");
        }

        Bind(tenant);
        Role = role;
    }

    /// <summary>Binds the scope to a tenant on behalf of the portal itself, for jobs, seeding and command-line verbs.</summary>
    /// <param name="tenant">The tenant to work for.</param>
    /// <param name="jobName">Name for the audit log.</param>
    /// <exception cref="InvalidOperationException">The scope is bound to another tenant or belongs to a user.</exception>
    public void EnterAsSystem(TenantInfo tenant, string jobName)
    {
        if (UserId is not null)
        {
            throw new InvalidOperationException("The scope belongs to a user.");
        }

        Bind(tenant);
        _isSystem = true;
        Name = jobName;
    }

    /// <summary>Takes every right away: the user was disabled or the session ended while the circuit lived.</summary>
    public void Revoke()
    {
        Role = null;
        IsPlatformAdministrator = false;
    }

    private void Bind(TenantInfo tenant)
    {
        if (_tenant is { } bound && bound.Id != tenant.Id)
        {
            throw new InvalidOperationException("The scope is bound to another tenant.");
        }

        _tenant = tenant;
    }
}
