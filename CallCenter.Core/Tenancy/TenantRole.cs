namespace CallCenter.Core.Tenancy;

/// <summary>What a person is in one tenant. Higher includes no permission by itself: see <see cref="RolePermissions"/>.</summary>
public enum TenantRole
{
    /// <summary>Takes and makes calls.</summary>
    Agent = 1,

    /// <summary>Watches live queues and agents.</summary>
    Supervisor = 2,

    /// <summary>Reads all calls and reports.</summary>
    Manager = 3,

    /// <summary>Edits the tenant's settings and people.</summary>
    Admin = 4,

    /// <summary>Admin who cannot be removed by admins; every tenant keeps at least one.</summary>
    Owner = 5,
}
