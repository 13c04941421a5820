namespace CallCenter.Core.Devices;

/// <summary>What a task does. Stored by number.</summary>
public enum DeviceTaskKind
{
    /// <summary>Restarts the device (GDMS task type 1).</summary>
    Reboot = 1,

    /// <summary>Takes everything from the device that was set on it (GDMS task type 2).</summary>
    FactoryReset = 2,

    /// <summary>Puts devices into the GDMS account, one batch.</summary>
    Add = 100,
}

/// <summary>Where a task stands. Stored by number.</summary>
public enum DeviceTaskState
{
    /// <summary>Waits for its time. Kept by the portal: how GDMS wants a time is not documented.</summary>
    Scheduled = 1,

    /// <summary>On its way to GDMS; found so after a crash, its fate is unknown.</summary>
    Sending = 2,

    /// <summary>GDMS has it, or may have it; the devices are watched.</summary>
    Following = 3,

    /// <summary>Every device has an outcome.</summary>
    Ended = 4,

    /// <summary>Called off before it was sent.</summary>
    Cancelled = 5,
}

/// <summary>Where one device of a task stands. Stored by number.</summary>
public enum DeviceItemState
{
    /// <summary>Not sent yet.</summary>
    Waiting = 1,

    /// <summary>Sent; the device has shown nothing yet.</summary>
    Sent = 2,

    /// <summary>It went offline after the task was sent.</summary>
    Away = 3,

    /// <summary>It went offline and came back; or GDMS added it.</summary>
    Done = 4,

    /// <summary>It was refused, or certainly did not happen.</summary>
    Failed = 5,

    /// <summary>It did not come back, or stayed offline, while it was watched.</summary>
    TimedOut = 6,

    /// <summary>Nothing shows whether it happened.</summary>
    Unknown = 7,

    /// <summary>Called off before it was sent.</summary>
    Cancelled = 8,
}
