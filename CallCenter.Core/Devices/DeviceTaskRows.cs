using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony.Gdms;

namespace CallCenter.Core.Devices;

/// <summary>A task as listed. Members mean what they mean on <see cref="DeviceTask"/>; the counts are its devices by where they stand.</summary>
public sealed record DeviceTaskRow(
    Guid Id,
    DeviceTaskKind Kind,
    DeviceTaskState State,
    DateTime RequestedAtUtc,
    string RequestedBy,
    DateTime? DueAtUtc,
    DateTime? SentAtUtc,
    DateTime? EndedAtUtc,
    bool InDoubt,
    string? ErrorCode,
    int Version,
    IReadOnlyDictionary<DeviceItemState, int> Counts)
{
    /// <summary>All its devices.</summary>
    public int Total => Counts.Values.Sum();

    /// <summary>Devices that have an outcome.</summary>
    public int Ended => Counts.Where(count => count.Key >= DeviceItemState.Done).Sum(count => count.Value);
}

/// <summary>One device of a task. Members mean what they mean on <see cref="DeviceTaskItem"/>.</summary>
public sealed record DeviceTaskItemRow(
    Guid TaskId,
    DeviceTaskKind Kind,
    DateTime RequestedAtUtc,
    string Mac,
    string Name,
    string Model,
    DeviceItemState State,
    GdmsDeviceStatus StatusBefore,
    DateTime? AwayAtUtc,
    DateTime? EndedAtUtc,
    DateTime? ReadAtUtc,
    string? ErrorCode,
    string Note);

/// <summary>A task with its devices.</summary>
public sealed record DeviceTaskDetail(DeviceTaskRow Task, IReadOnlyList<DeviceTaskItemRow> Items);

/// <summary>What a task would do, before anybody confirms it.</summary>
/// <param name="Kind">What.</param>
/// <param name="Items">Every device that was chosen.</param>
/// <param name="ReadAtUtc">When GDMS was read for it, UTC.</param>
public sealed record DeviceTaskPreview(DeviceTaskKind Kind, IReadOnlyList<DevicePreviewItem> Items, DateTime ReadAtUtc)
{
    /// <summary>Devices that the task goes to.</summary>
    public IReadOnlyList<DevicePreviewItem> Included => [.. Items.Where(item => item.Refusal is null)];
}

/// <summary>One device of a preview.</summary>
/// <param name="Row">The device.</param>
/// <param name="Refusal">Why it is left out; null when it takes part.</param>
public sealed record DevicePreviewItem(DeviceRow Row, Error? Refusal)
{
    /// <summary>It is offline and will not answer before it is back.</summary>
    public bool IsOffline => Row.Device.Status == GdmsDeviceStatus.Offline;
}

/// <summary>What to have done.</summary>
public sealed record DeviceTaskOrder
{
    /// <summary>What; not <see cref="DeviceTaskKind.Add"/>.</summary>
    public required DeviceTaskKind Kind { get; init; }

    /// <summary>The devices, as the preview included them.</summary>
    public required IReadOnlyList<string> Macs { get; init; }

    /// <summary>When, UTC; null for at once.</summary>
    public DateTime? DueAtUtc { get; init; }

    /// <summary>
    /// What was typed to confirm: for a factory reset the MAC address of the one device, or the number of devices when
    /// there are several. Not looked at for a restart.
    /// </summary>
    public string Confirmation { get; init; } = "";
}

/// <summary>New name and site of a device.</summary>
/// <param name="Mac">Which.</param>
/// <param name="Name">Name in GDMS.</param>
/// <param name="SiteId">Site in GDMS.</param>
/// <param name="NameBefore">As it was shown, so that nobody's change is lost.</param>
/// <param name="SiteIdBefore">As it was shown.</param>
public sealed record DeviceEdit(string Mac, string Name, long? SiteId, string NameBefore, long? SiteIdBefore);
