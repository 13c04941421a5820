using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>How far the call sync of one PBX has come, and how its last run went. One row per PBX.</summary>
public sealed class CdrSyncState : ITenantOwned
{
    /// <summary>Longest error code kept, in characters.</summary>
    public const int ErrorCodeMaxLength = 80;

    /// <inheritdoc />
    public Guid TenantId { get; init; }

    /// <summary>The PBX connection.</summary>
    public required Guid PbxId { get; init; }

    /// <summary>Every leg that started before this was read at least once, UTC; null before the first run found the PBX's oldest row.</summary>
    public DateTime? CursorUtc { get; set; }

    /// <summary>Where the first run began: start of the PBX's oldest row at that time, UTC.</summary>
    public DateTime? OldestUtc { get; set; }

    /// <summary>When the first run reached the present, UTC; null while history is still being fetched.</summary>
    public DateTime? CaughtUpAtUtc { get; set; }

    /// <summary>When the tenant's whole current day was last read again, UTC.</summary>
    public DateTime? DayReadAtUtc { get; set; }

    /// <summary>Start of the tenant's day, UTC, in which the day before was read again; null before that happened.</summary>
    public DateTime? DayBeforeReadInUtc { get; set; }

    /// <summary>Start of the run under way or the last one, UTC.</summary>
    public DateTime? RunStartedAtUtc { get; set; }

    /// <summary>End of the last run, UTC; null while one is under way, or when its process was killed.</summary>
    public DateTime? RunEndedAtUtc { get; set; }

    /// <summary>UTC; null before the first success.</summary>
    public DateTime? LastSucceededAtUtc { get; set; }

    /// <summary>UTC; null when no run ever failed. Kept after a later success.</summary>
    public DateTime? LastFailedAtUtc { get; set; }

    /// <summary>Code of the last failure; kept after a later success.</summary>
    public string? LastErrorCode { get; set; }

    /// <summary>Failed runs in a row; 0 after a success.</summary>
    public int FailedAttempts { get; set; }

    /// <summary>The job starts no run before this, UTC; null when it may start at once.</summary>
    public DateTime? NextAttemptAtUtc { get; set; }

    /// <summary>Since when the job rests because only an admin can help, UTC; null while it runs. Ends when the settings change.</summary>
    public DateTime? StoppedAtUtc { get; set; }

    /// <summary>Pages read by the run under way or the last one.</summary>
    public long PagesRead { get; set; }

    /// <summary>Legs read by that run, those seen before included.</summary>
    public long LegsRead { get; set; }

    /// <summary>Calls that run added or changed.</summary>
    public long CallsWritten { get; set; }

    /// <summary>Rows of that run that could not be understood.</summary>
    public long SkippedRows { get; set; }
}
