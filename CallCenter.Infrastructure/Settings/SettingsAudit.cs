namespace CallCenter.Infrastructure.Settings;

/// <summary>Acts of this feature in the audit log. Permanent, as they are stored.</summary>
internal static class SettingsAudit
{
    public const string Changed = "settings.changed";

    public const string Removed = "settings.removed";

    /// <summary>The connection doctor was run.</summary>
    public const string DoctorRun = "settings.doctor_run";
}
