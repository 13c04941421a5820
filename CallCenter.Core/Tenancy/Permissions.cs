namespace CallCenter.Core.Tenancy;

/// <summary>Permission names, one class per feature. Services check them; menus hide by them.</summary>
public static class Permissions
{
    /// <summary>Call history.</summary>
    public static class Calls
    {
        /// <summary>See calls: the own ones, unless <see cref="ViewTeam"/> or <see cref="ViewAll"/> widen it. Recordings follow the same scope.</summary>
        public const string View = "calls.view";

        /// <summary>See the calls of the own teams and their queues too.</summary>
        public const string ViewTeam = "calls.view_team";

        /// <summary>See all calls of the tenant.</summary>
        public const string ViewAll = "calls.view_all";

        /// <summary>Write notes, tags and dispositions on the calls one may see.</summary>
        public const string Annotate = "calls.annotate";

        /// <summary>Work on the list of abandoned calls.</summary>
        public const string Worklist = "calls.worklist";

        /// <summary>See the PBX's own rows of a call.</summary>
        public const string Raw = "calls.raw";

        /// <summary>Import call detail records from files, and set up their push.</summary>
        public const string Import = "calls.import";

        /// <summary>Start and cancel a sync with the PBX.</summary>
        public const string Sync = "calls.sync";
    }

    /// <summary>Recordings of calls. Which calls, the scope of <see cref="Calls"/> says.</summary>
    public static class Recordings
    {
        /// <summary>Listen in the page.</summary>
        public const string Play = "recordings.play";

        /// <summary>Take the file along.</summary>
        public const string Download = "recordings.download";

        /// <summary>Mark what is not to be heard while one talks, on the own extension.</summary>
        public const string Pause = "recordings.pause";

        /// <summary>Listen to marked stretches too.</summary>
        public const string PlayMarked = "recordings.play_marked";

        /// <summary>Keep a call's recordings from deletion.</summary>
        public const string Hold = "recordings.hold";

        /// <summary>See and run the deletion by age.</summary>
        public const string Retention = "recordings.retention";

        /// <summary>Erase a number everywhere.</summary>
        public const string Erase = "recordings.erase";
    }

    /// <summary>Figures.</summary>
    public static class Reports
    {
        /// <summary>See the dashboard and the reports, within the scope of <see cref="Calls"/>.</summary>
        public const string View = "reports.view";

        /// <summary>Make exports and take them along.</summary>
        public const string Export = "reports.export";

        /// <summary>Have reports made on a schedule.</summary>
        public const string Schedule = "reports.schedule";
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

    /// <summary>Extensions of the PBX.</summary>
    public static class Extensions
    {
        /// <summary>See the tenant's extensions and their registration.</summary>
        public const string View = "extensions.view";

        /// <summary>Create, change, assign, adopt and delete extensions.</summary>
        public const string Edit = "extensions.edit";

        /// <summary>See the own extension and connect phones to it.</summary>
        public const string Own = "extensions.own";
    }

    /// <summary>Phones and other devices in GDMS.</summary>
    public static class Devices
    {
        /// <summary>See the devices.</summary>
        public const string View = "devices.view";

        /// <summary>Have tasks done on devices, such as a reboot.</summary>
        public const string Edit = "devices.edit";
    }

    /// <summary>Clients, the people and companies who call.</summary>
    public static class Clients
    {
        /// <summary>See the client book.</summary>
        public const string View = "clients.view";

        /// <summary>Create, change and delete clients.</summary>
        public const string Edit = "clients.edit";

        /// <summary>Import clients from files.</summary>
        public const string Import = "clients.import";
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
