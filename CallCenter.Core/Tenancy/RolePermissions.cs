using System.Collections.Frozen;

namespace CallCenter.Core.Tenancy;

/// <summary>The one table from roles to permissions.</summary>
public static class RolePermissions
{
    private static readonly string[] Agent =
    [
        Permissions.Calls.View, Permissions.Calls.Annotate, Permissions.Calls.Worklist, Permissions.Recordings.Play, Permissions.Recordings.Pause,
        Permissions.Extensions.Own, Permissions.Clients.View, Permissions.Clients.Edit,
    ];

    private static readonly string[] Supervisor =
        [.. Agent, Permissions.Calls.ViewTeam, Permissions.Reports.View, Permissions.Extensions.View, Permissions.Devices.View];

    private static readonly string[] Manager =
    [
        .. Supervisor, Permissions.Calls.ViewAll, Permissions.Calls.Sync, Permissions.Recordings.Download, Permissions.Recordings.Hold,
        Permissions.Recordings.PlayMarked,
        Permissions.Reports.Export, Permissions.Reports.Schedule, Permissions.Settings.View, Permissions.Users.View, Permissions.Clients.Import,
    ];

    private static readonly string[] Admin =
    [
        .. Manager, Permissions.Calls.Raw, Permissions.Calls.Import, Permissions.Recordings.Retention, Permissions.Recordings.Erase,
        Permissions.Settings.Edit, Permissions.Users.Edit, Permissions.Extensions.Edit, Permissions.Devices.Edit, Permissions.Audit.View,
    ];

    // An owner differs from an admin by what only owners may do to owners, which ITenantPeople checks.
    private static readonly FrozenDictionary<TenantRole, FrozenSet<string>> Table = new Dictionary<TenantRole, FrozenSet<string>>
    {
        [TenantRole.Agent] = Of(Agent),
        [TenantRole.Supervisor] = Of(Supervisor),
        [TenantRole.Manager] = Of(Manager),
        [TenantRole.Admin] = Of(Admin),
        [TenantRole.Owner] = Of(Admin),
    }.ToFrozenDictionary();

    /// <summary>What the role may do.</summary>
    public static IReadOnlySet<string> For(TenantRole role) => Table[role];

    private static FrozenSet<string> Of(string[] permissions) => permissions.ToFrozenSet(StringComparer.Ordinal);
}
