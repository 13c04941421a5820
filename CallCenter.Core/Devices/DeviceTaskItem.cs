using CallCenter.Core.Telephony.Gdms;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Devices;

/// <summary>One device of a <see cref="DeviceTask"/>, what GDMS showed of it before, and what became of it.</summary>
public sealed class DeviceTaskItem : ITenantOwned
{
    /// <summary>Longest text of GDMS that is kept, in characters.</summary>
    public const int NoteMaxLength = 200;

    /// <summary>Longest name, model or firmware that is kept, in characters.</summary>
    public const int TextMaxLength = 120;

    private DeviceTaskItem()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The task.</summary>
    public Guid TaskId { get; private set; }

    /// <summary>Twelve upper-case hex digits.</summary>
    public string Mac { get; private init; } = "";

    /// <summary>Name in GDMS at the time of asking.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Model as GDMS says; empty when unknown.</summary>
    public string Model { get; private init; } = "";

    /// <summary>Where it stands.</summary>
    public DeviceItemState State { get; private set; } = DeviceItemState.Waiting;

    /// <summary>What GDMS showed when the task was sent.</summary>
    public GdmsDeviceStatus StatusBefore { get; private set; }

    /// <summary>GDMS's last contact when the task was sent; compared with later values of GDMS only, never with this clock.</summary>
    public DateTime? LastSeenBeforeUtc { get; private set; }

    /// <summary>First reading that showed it offline after the task was sent, UTC.</summary>
    public DateTime? AwayAtUtc { get; private set; }

    /// <summary>When it had its outcome, UTC.</summary>
    public DateTime? EndedAtUtc { get; private set; }

    /// <summary>Last reading of it after the task was sent, UTC.</summary>
    public DateTime? ReadAtUtc { get; private set; }

    /// <summary>Why it ended so, an error code; null when there is nothing to add.</summary>
    public string? ErrorCode { get; private set; }

    /// <summary>GDMS's own words about it; empty when none.</summary>
    public string Note { get; private set; } = "";

    /// <summary>True when it has an outcome.</summary>
    public bool IsEnded => State >= DeviceItemState.Done;

    /// <summary>For a device that GDMS lists.</summary>
    public static DeviceTaskItem For(GdmsDevice device) => new()
    {
        Mac = device.Mac,
        Name = Cut(device.Name, TextMaxLength),
        Model = Cut(device.Model, TextMaxLength),
        StatusBefore = device.Status,
        LastSeenBeforeUtc = device.LastSeenUtc,
    };

    /// <summary>For a device to be added.</summary>
    public static DeviceTaskItem ForNew(string mac, string name) => new() { Mac = mac, Name = Cut(name, TextMaxLength) };

    /// <summary>Notes what GDMS shows right before the sending.</summary>
    public void NoteBefore(GdmsDevice device)
    {
        StatusBefore = device.Status;
        LastSeenBeforeUtc = device.LastSeenUtc;
    }

    /// <summary>Makes it a part of the task.</summary>
    internal void BelongTo(Guid taskId) => TaskId = taskId;

    /// <summary>The task is on its way.</summary>
    internal void MarkSent() => State = DeviceItemState.Sent;

    /// <summary>Notes a reading.</summary>
    internal void MarkRead(DateTime nowUtc) => ReadAtUtc = nowUtc;

    /// <summary>It went offline.</summary>
    internal void MarkAway(DateTime nowUtc)
    {
        State = DeviceItemState.Away;
        AwayAtUtc = nowUtc;
    }

    /// <summary>Its outcome.</summary>
    public void End(DeviceItemState state, string? errorCode, DateTime nowUtc, string note = "")
    {
        if (IsEnded || state < DeviceItemState.Done)
        {
            throw new InvalidOperationException("The item's state does not allow this.");
        }

        State = state;
        ErrorCode = errorCode;
        EndedAtUtc = nowUtc;
        Note = Cut(note, NoteMaxLength);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
