using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Recordings;

/// <summary>How far a deletion by age got.</summary>
public enum RetentionRunState
{
    /// <summary>Asked for; begins within a minute.</summary>
    Queued = 1,

    /// <summary>Deleting.</summary>
    Running = 2,

    /// <summary>Ended.</summary>
    Done = 3,

    /// <summary>Ended by a failure of the store; the next run goes on where it stopped.</summary>
    Failed = 4,
}

/// <summary>One deletion by age that had something to delete, or was asked for by hand.</summary>
public sealed class RetentionRun : ITenantOwned
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>When it was asked for or began by itself, UTC.</summary>
    public required DateTime StartedAtUtc { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTime? FinishedAtUtc { get; set; }

    /// <summary>Who asked for it; empty when the portal began it by itself.</summary>
    public required string ByName { get; init; }

    /// <summary>How far it got.</summary>
    public RetentionRunState State { get; set; }

    /// <summary>Recordings deleted.</summary>
    public int Deleted { get; set; }

    /// <summary>Bytes of audio deleted.</summary>
    public long Bytes { get; set; }

    /// <summary>Recordings that were old enough and stayed because of a hold.</summary>
    public int Held { get; set; }

    /// <summary>Code of the failure; empty when there was none.</summary>
    public string Failure { get; set; } = "";
}
