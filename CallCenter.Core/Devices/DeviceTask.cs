using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Devices;

/// <summary>
/// An act on devices that GDMS carries out, and what became of it. GDMS names no call that tells a task's result, so the
/// portal watches the devices (docs/adr/0017). A task is sent at most once: after a lost answer it is followed, not repeated.
/// </summary>
public sealed class DeviceTask : ITenantOwned
{
    /// <summary>Most devices of one task.</summary>
    public const int MaxItems = 100;

    /// <summary>Most tasks that a tenant may ask for within <see cref="Window"/>.</summary>
    public const int MaxPerWindow = 20;

    /// <summary>Longest error code, in characters.</summary>
    public const int ErrorCodeMaxLength = 80;

    /// <summary>Longest id that GDMS may give a task, in characters.</summary>
    public const int GdmsIdMaxLength = 64;

    /// <summary>The window of <see cref="MaxPerWindow"/>.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Furthest time that a task may wait for.</summary>
    public static readonly TimeSpan FurthestDue = TimeSpan.FromDays(31);

    /// <summary>A task that is on its way for longer was cut off by a crash.</summary>
    public static readonly TimeSpan SendingPatience = TimeSpan.FromMinutes(3);

    private readonly List<DeviceTaskItem> _items = [];

    private DeviceTask()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>What it does.</summary>
    public DeviceTaskKind Kind { get; private init; }

    /// <summary>Where it stands.</summary>
    public DeviceTaskState State { get; private set; }

    /// <summary>Organisation in GDMS at the time of asking; null for the account's default.</summary>
    public long? OrganizationId { get; private init; }

    /// <summary>When somebody asked for it, UTC.</summary>
    public DateTime RequestedAtUtc { get; private init; }

    /// <summary>Who asked.</summary>
    public string RequestedBy { get; private init; } = "";

    /// <summary>When it is to be sent, UTC; null for at once.</summary>
    public DateTime? DueAtUtc { get; private init; }

    /// <summary>When it was sent, UTC; stored before the sending.</summary>
    public DateTime? SentAtUtc { get; private set; }

    /// <summary>The answer was lost, so whether GDMS has it is not known.</summary>
    public bool InDoubt { get; private set; }

    /// <summary>GDMS's id of the task; null when it gave none.</summary>
    public string? GdmsTaskId { get; private set; }

    /// <summary>Why GDMS refused it as a whole, an error code; null otherwise.</summary>
    public string? ErrorCode { get; private set; }

    /// <summary>When the last device had an outcome, UTC.</summary>
    public DateTime? EndedAtUtc { get; private set; }

    /// <summary>Counts saves.</summary>
    public int Version { get; private init; } = 1;

    /// <summary>Its devices; they are rows of their own, which <see cref="Attach"/> brings.</summary>
    public IReadOnlyList<DeviceTaskItem> Items => _items;

    /// <summary>True until every device has an outcome.</summary>
    public bool IsOpen => State is DeviceTaskState.Scheduled or DeviceTaskState.Sending or DeviceTaskState.Following;

    /// <summary>A new task, not sent yet.</summary>
    public static DeviceTask Create(DeviceTaskKind kind, long? organizationId, string by, DateTime? dueAtUtc, DateTime nowUtc, IEnumerable<DeviceTaskItem> items)
    {
        var task = new DeviceTask
        {
            Kind = kind,
            State = DeviceTaskState.Scheduled,
            OrganizationId = organizationId,
            RequestedBy = by,
            RequestedAtUtc = nowUtc,
            DueAtUtc = dueAtUtc,
        };
        foreach (var item in items)
        {
            item.BelongTo(task.Id);
            task._items.Add(item);
        }

        return task;
    }

    /// <summary>Gives the task its devices, all of them, after both were read.</summary>
    public void Attach(IEnumerable<DeviceTaskItem> items)
    {
        _items.Clear();
        _items.AddRange(items.Where(item => item.TaskId == Id));
    }

    /// <summary>To be stored before the task is sent.</summary>
    public void MarkSending(DateTime nowUtc)
    {
        Require(State == DeviceTaskState.Scheduled);
        State = DeviceTaskState.Sending;
        SentAtUtc = nowUtc;
    }

    /// <summary>GDMS took it, or its answer was lost.</summary>
    public void MarkSent(string? gdmsTaskId, bool inDoubt)
    {
        Require(State == DeviceTaskState.Sending);
        State = DeviceTaskState.Following;
        GdmsTaskId = gdmsTaskId;
        InDoubt = inDoubt;
        foreach (var item in _items.Where(item => item.State == DeviceItemState.Waiting))
        {
            item.MarkSent();
        }
    }

    /// <summary>It was certainly not carried out.</summary>
    public void Refuse(string errorCode, DateTime nowUtc)
    {
        Require(State is DeviceTaskState.Sending or DeviceTaskState.Scheduled);
        ErrorCode = errorCode;
        foreach (var item in _items.Where(item => !item.IsEnded))
        {
            item.End(DeviceItemState.Failed, errorCode, nowUtc);
        }

        State = DeviceTaskState.Following;
        EndIfDone(nowUtc);
    }

    /// <summary>Called off before it was sent.</summary>
    public void Cancel(DateTime nowUtc)
    {
        Require(State == DeviceTaskState.Scheduled);
        foreach (var item in _items.Where(item => !item.IsEnded))
        {
            item.End(DeviceItemState.Cancelled, null, nowUtc);
        }

        State = DeviceTaskState.Cancelled;
        EndedAtUtc = nowUtc;
    }

    /// <summary>Ends the task when every device has an outcome; true when it did.</summary>
    public bool EndIfDone(DateTime nowUtc)
    {
        if (State != DeviceTaskState.Following || _items.Any(item => !item.IsEnded))
        {
            return false;
        }

        State = DeviceTaskState.Ended;
        EndedAtUtc = nowUtc;
        return true;
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("The task's state does not allow this.");
        }
    }
}
