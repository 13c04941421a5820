using System.Collections.Frozen;

namespace CallCenter.Core.Tenancy;

/// <summary>The one table from roles to permissions.</summary>
public static class RolePermissions
{
    private static readonly FrozenDictionary<TenantRole, FrozenSet<string>> Table = new Dictionary<TenantRole, FrozenSet<string>>
    {
        [TenantRole.Agent] = Of(Permissions.Calls.View),
        [TenantRole.Supervisor] = Of(Permissions.Calls.View),
        [TenantRole.Manager] = Of(Permissions.Calls.View, Permissions.Calls.Sync, Permissions.Settings.View, Permissions.Users.View),
        [TenantRole.Admin] = Of(
            Permissions.Calls.View,
            Permissions.Calls.Sync,
            Permissions.Settings.View,
            Permissions.Settings.Edit,
            Permissions.Users.View,
            Permissions.Users.Edit,
            Permissions.Audit.View),
        [TenantRole.Owner] = Of(
            Permissions.Calls.View,
            Permissions.Calls.Sync,
            Permissions.Settings.View,
            Permissions.Settings.Edit,
            Permissions.Users.View,
            Permissions.Users.Edit,
            Permissions.Audit.View),
    }.ToFrozenDictionary();

    /// <summary>What the role may do.</summary>
    public static IReadOnlySet<string> For(TenantRole role) => Table[role];

    private static FrozenSet<string> Of(params string[] permissions) => permissions.ToFrozenSet(StringComparer.Ordinal);
}
