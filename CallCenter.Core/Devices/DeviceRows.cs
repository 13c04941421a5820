using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony.Gdms;

namespace CallCenter.Core.Devices;

/// <summary>A device as pages show it.</summary>
/// <param name="Device">As GDMS lists it.</param>
/// <param name="IsPbx">The PBX itself, which takes no tasks from here.</param>
/// <param name="Accounts">Its SIP accounts; null while they were not read yet.</param>
/// <param name="OpenTask">The task under way for it; null when there is none.</param>
public sealed record DeviceRow(GdmsDevice Device, bool IsPbx, IReadOnlyList<DeviceAccount>? Accounts, DeviceTaskMark? OpenTask)
{
    /// <summary>Twelve upper-case hex digits; the key.</summary>
    public string Mac => Device.Mac;

    /// <summary>True while somebody talks or is rung on one of its accounts, as far as the PBX says.</summary>
    public bool InCall => Accounts?.Any(account => account.Extension?.Status is LineStatus.InUse or LineStatus.Busy or LineStatus.Ringing) ?? false;
}

/// <summary>A task that is under way for a device.</summary>
public sealed record DeviceTaskMark(Guid TaskId, DeviceTaskKind Kind, DeviceItemState State);

/// <summary>A SIP account on a device.</summary>
/// <param name="User">The user part.</param>
/// <param name="Registered">As GDMS says; null when it does not.</param>
/// <param name="Extension">The tenant's extension of this number; null when there is none. GDMS does not say which PBX the account is for.</param>
public sealed record DeviceAccount(string User, bool? Registered, DeviceExtension? Extension);

/// <summary>An extension of the tenant's PBX behind a SIP account. Members mean what they mean on <see cref="ExtensionRow"/>.</summary>
public sealed record DeviceExtension(Guid Id, string Number, string Name, string? UserName, LineStatus Status, DateTime? SinceUtc);

/// <summary>The tenant's devices as last read from GDMS.</summary>
/// <param name="Devices">By name.</param>
/// <param name="Sites">Sites of the organisation, by name.</param>
/// <param name="OrganizationName">Name of the organisation; null for the account's default when there are several.</param>
/// <param name="Organizations">How many organisations the account has.</param>
/// <param name="ReadAtUtc">When the list was last read, UTC.</param>
/// <param name="IsComplete">False when a part could not be read: devices of earlier readings are kept, none is missing for that.</param>
/// <param name="Refresh">How the reading goes on.</param>
public sealed record DeviceOverview(
    IReadOnlyList<DeviceRow> Devices,
    IReadOnlyList<GdmsSite> Sites,
    string? OrganizationName,
    int Organizations,
    DateTime ReadAtUtc,
    bool IsComplete,
    DeviceRefresh Refresh);

/// <summary>How reading GDMS goes.</summary>
/// <param name="IsRunning">A reading is under way.</param>
/// <param name="WaitingUntilUtc">Until when GDMS asked to wait, UTC; null when it did not.</param>
/// <param name="Error">Why the last reading failed; null when it did not.</param>
/// <param name="FailedAtUtc">When, UTC.</param>
/// <param name="AccountsLeft">Devices whose SIP accounts are still to be read.</param>
public sealed record DeviceRefresh(bool IsRunning, DateTime? WaitingUntilUtc, Error? Error, DateTime? FailedAtUtc, int AccountsLeft);

/// <summary>One device with everything known.</summary>
/// <param name="Row">As in the list, accounts read now unless that failed.</param>
/// <param name="AccountsError">Why the accounts could not be read now; null when they were.</param>
/// <param name="SyncFailure">GDMS's words on why the device lacks its settings; empty when none.</param>
/// <param name="DoNotDisturb">As GDMS says; null when it does not.</param>
/// <param name="Tasks">Its latest tasks, newest first.</param>
public sealed record DeviceDetail(DeviceRow Row, Error? AccountsError, string SyncFailure, bool? DoNotDisturb, IReadOnlyList<DeviceTaskItemRow> Tasks);

/// <summary>A device that has an account of an extension.</summary>
public sealed record ExtensionDevice(string Number, string Mac, string Name, string Model, GdmsDeviceStatus Status, string? SiteName, bool? Registered, DateTime ReadAtUtc);
