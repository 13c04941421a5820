using CallCenter.Core.Primitives;

namespace CallCenter.Core.Devices;

/// <summary>Expected failures of devices. The second half is also how a task's item may end, with the code stored.</summary>
public static class DeviceErrors
{
    /// <summary>GDMS lists no such device in the tenant's organisation.</summary>
    public static readonly Error NotFound = new("devices.not_found", "GDMS lists no such device here.");

    /// <summary>No such task in the tenant.</summary>
    public static readonly Error TaskNotFound = new("devices.task_not_found", "There is no such task.");

    /// <summary>None, or more than <see cref="DeviceTask.MaxItems"/>.</summary>
    public static readonly Error TaskSize = new("devices.task_size", "A task is for 1 to 100 devices.");

    /// <summary>Too many tasks in short order; see <see cref="DeviceTask.MaxPerWindow"/>.</summary>
    public static readonly Error TooManyTasks = new("devices.too_many_tasks", "Too many tasks in the last ten minutes. Wait a little.");

    /// <summary>What would be done is no longer what was shown.</summary>
    public static readonly Error PreviewStale = new("devices.preview_stale", "The devices changed since they were shown. Look again.");

    /// <summary>The confirmation was not typed as asked.</summary>
    public static readonly Error NotConfirmed = new("devices.not_confirmed", "Type what is asked for to confirm.", "Confirmation");

    /// <summary>The PBX itself takes no tasks from here.</summary>
    public static readonly Error IsPbx = new("devices.is_pbx", "The PBX is not restarted or reset from here.");

    /// <summary>The device has a task that has not ended.</summary>
    public static readonly Error Busy = new("devices.busy", "A task for this device is still under way.");

    /// <summary>Only a task that waits for its time can be cancelled.</summary>
    public static readonly Error TooLate = new("devices.too_late", "GDMS has this task already. It cannot be called back.");

    /// <summary>In the past, or more than a month ahead.</summary>
    public static readonly Error DueRange = new("devices.due_range", "Choose a time from now to 31 days ahead.", "Due");

    /// <summary>Empty, too long, or with control characters.</summary>
    public static readonly Error NameFormat = new("devices.name_format", "A name has 1 to 64 characters.", "Name");

    /// <summary>Not a site of the organisation.</summary>
    public static readonly Error SiteUnknown = new("devices.site_unknown", "GDMS has no such site here.", "Site");

    /// <summary>The device is not as it was shown.</summary>
    public static readonly Error Conflict = new("devices.conflict", "The device was changed in GDMS meanwhile. Look at it again.");

    /// <summary>Not a MAC address.</summary>
    public static readonly Error MacFormat = new("devices.mac_format", "A MAC address has twelve hex digits.");

    /// <summary>Not a serial number.</summary>
    public static readonly Error SerialFormat = new("devices.serial_format", "A serial number has 6 to 32 letters and digits.");

    /// <summary>The same device twice.</summary>
    public static readonly Error Duplicate = new("devices.duplicate", "This device is given twice.");

    /// <summary>GDMS has it here already.</summary>
    public static readonly Error AlreadyListed = new("devices.already_listed", "GDMS lists this device here already.");

    /// <summary>The answer to a write was lost; it is not sent again.</summary>
    public static readonly Error InDoubt = new("devices.in_doubt", "GDMS's answer was lost, and it was not asked again. What it did is being read.");

    /// <summary>GDMS accepted the change but still shows the old values.</summary>
    public static readonly Error NotTaken = new("devices.not_taken", "GDMS accepted the change but does not show it.");

    /// <summary>The watch ended and GDMS never showed the device offline.</summary>
    public static readonly Error NeverAway = new("devices.never_away", "GDMS never showed the device offline, so a restart cannot be proved.");

    /// <summary>It went offline and did not return in time.</summary>
    public static readonly Error NotBack = new("devices.not_back", "The device went offline and has not come back.");

    /// <summary>It was offline when asked and stayed so.</summary>
    public static readonly Error StayedOffline = new("devices.stayed_offline", "The device was offline when asked and stayed so.");

    /// <summary>It was offline when asked and came back later; nothing says whether it did the task.</summary>
    public static readonly Error CameOnline = new("devices.came_online", "The device was offline when asked and came back later; GDMS does not say whether it did the task.");

    /// <summary>GDMS no longer lists it.</summary>
    public static readonly Error Gone = new("devices.gone", "GDMS no longer lists the device.");

    /// <summary>The answer was lost and GDMS does not list the device.</summary>
    public static readonly Error NotAdded = new("devices.not_added", "GDMS's answer was lost and it does not list the device.");
}
