using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Recordings;

/// <summary>How far a recording got. Stored in the database.</summary>
public enum RecordingState
{
    /// <summary>Named in a call's legs, to be fetched from the PBX.</summary>
    Waiting = 1,

    /// <summary>In the portal's store, checked.</summary>
    Stored = 2,

    /// <summary>The PBX has no such file, asked for often and long enough.</summary>
    Missing = 3,

    /// <summary>What the PBX gave is no audio, or was cut short; kept nowhere.</summary>
    Corrupt = 4,

    /// <summary>Could not be fetched or stored; tried again at <see cref="Recording.NextAttemptUtc"/>.</summary>
    Failed = 5,

    /// <summary>Being deleted: the file goes first, then the row's state.</summary>
    Deleting = 6,

    /// <summary>Deleted by age, by erasure or by hand; the row stays as the record of that.</summary>
    Deleted = 7,

    /// <summary>Was stored, and the store lost it or cannot read it.</summary>
    Lost = 8,

    /// <summary>Never stored, only shown: waiting, but older than the days that this installation fetches, so nothing will come.</summary>
    Skipped = 9,
}

/// <summary>A recording of a call. Unique by tenant, PBX and <see cref="PbxName"/>.</summary>
public sealed class Recording : ITenantOwned
{
    /// <summary>Longest name on the PBX, in characters.</summary>
    public const int PbxNameMaxLength = 400;

    /// <summary>Longest key in the store, in characters.</summary>
    public const int StoreKeyMaxLength = 200;

    /// <summary>Longest wrapped key, in characters.</summary>
    public const int FileKeyMaxLength = 400;

    /// <summary>Longest failure code, in characters.</summary>
    public const int FailureMaxLength = 80;

    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; init; }

    /// <summary>The PBX connection it came from.</summary>
    public required Guid PbxId { get; init; }

    /// <summary>The call; follows when calls are joined.</summary>
    public required Guid CallId { get; set; }

    /// <summary>Name as the PBX gives it, folder included, without the closing <c>@</c>.</summary>
    public required string PbxName { get; init; }

    /// <summary>How far it got.</summary>
    public required RecordingState State { get; set; }

    /// <summary>When the audio begins, UTC; the leg's answer where the PBX names no other time.</summary>
    public required DateTime StartedAtUtc { get; set; }

    /// <summary>Length of the audio, seconds; 0 until it is known.</summary>
    public int DurationSeconds { get; set; }

    /// <summary>Bytes of the audio, before encryption; 0 until it is stored.</summary>
    public long SizeBytes { get; set; }

    /// <summary>SHA-256 of the audio in lower-case hex; empty until it is stored.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>Where the store has it; empty until it is stored and after deletion.</summary>
    public string StoreKey { get; set; } = "";

    /// <summary>The file's own key, sealed with the key ring; empty until it is stored and after deletion.</summary>
    public string FileKey { get; set; } = "";

    /// <summary>How often fetching was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When to try (again), UTC; null when nothing is to be tried.</summary>
    public DateTime? NextAttemptUtc { get; set; }

    /// <summary>Code of the last failure; empty when there was none.</summary>
    public string Failure { get; set; } = "";

    /// <summary>When it was named first, UTC.</summary>
    public required DateTime FoundAtUtc { get; init; }

    /// <summary>When it was stored, UTC.</summary>
    public DateTime? StoredAtUtc { get; set; }

    /// <summary>When it was deleted, UTC.</summary>
    public DateTime? DeletedAtUtc { get; set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; set; }
}
