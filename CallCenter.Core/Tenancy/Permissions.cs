namespace CallCenter.Core.Tenancy;

/// <summary>Permission names, one class per feature. Services check them; menus hide by them.</summary>
public static class Permissions
{
    /// <summary>Call history.</summary>
    public static class Calls
    {
        /// <summary>See the tenant's calls.</summary>
        public const string View = "calls.view";

        /// <summary>Start and cancel a sync with the PBX.</summary>
        public const string Sync = "calls.sync";
    }

    /// <summary>Call-center settings.</summary>
    public static class Settings
    {
        /// <summary>See the settings, secrets masked, and the connection status.</summary>
        public const string View = "settings.view";

        /// <summary>Change settings, pin certificates, run the connection doctor.</summary>
        public const string Edit = "settings.edit";
    }

    /// <summary>People of the tenant.</summary>
    public static class Users
    {
        /// <summary>See who belongs to the tenant.</summary>
        public const string View = "users.view";

        /// <summary>Create, change, disable people and reset their passwords.</summary>
        public const string Edit = "users.edit";
    }

    /// <summary>Audit log.</summary>
    public static class Audit
    {
        /// <summary>Read and verify the tenant's audit log.</summary>
        public const string View = "audit.view";
    }

    /// <summary>The whole installation; held by platform administrators only, never through a tenant role.</summary>
    public static class Platform
    {
        /// <summary>Create, change and suspend tenants.</summary>
        public const string Tenants = "platform.tenants";
    }
}
