namespace CallCenter.Core.Devices;

/// <summary>Acts on devices in the audit log. Permanent, as they are stored.</summary>
public static class DeviceAuditActions
{
    /// <summary>Somebody asked for a task.</summary>
    public const string TaskAsked = "devices.task_asked";

    /// <summary>A task was sent to GDMS, or GDMS refused it.</summary>
    public const string TaskSent = "devices.task_sent";

    /// <summary>Every device of a task has an outcome.</summary>
    public const string TaskEnded = "devices.task_ended";

    /// <summary>A task that waited for its time was called off.</summary>
    public const string TaskCancelled = "devices.task_cancelled";

    /// <summary>Name or site of a device changed.</summary>
    public const string Edited = "devices.edited";
}
