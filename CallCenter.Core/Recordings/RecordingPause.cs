using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Recordings;

/// <summary>A stretch of a call that is not to be heard again: card numbers, health, passwords.</summary>
public sealed class RecordingPause : ITenantOwned
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonMaxLength = 200;

    /// <summary>Longest name of who marked it, in characters.</summary>
    public const int NameMaxLength = 256;

    /// <summary>A mark that nobody ends ends after this time.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The PBX connection.</summary>
    public required Guid PbxId { get; init; }

    /// <summary>The call; null while its call detail has not come. Follows when calls are joined.</summary>
    public Guid? CallId { get; set; }

    /// <summary>The extension that talked; empty where a person marked the call afterwards.</summary>
    public required string Extension { get; init; }

    /// <summary>From, UTC.</summary>
    public required DateTime FromUtc { get; init; }

    /// <summary>Until, UTC; null while open.</summary>
    public DateTime? UntilUtc { get; set; }

    /// <summary>Who; null when it came over the API.</summary>
    public Guid? ByUserId { get; init; }

    /// <summary>Their name at the time; empty when it came over the API.</summary>
    public required string ByName { get; init; }

    /// <summary>Why, in short; may be empty.</summary>
    public required string Reason { get; init; }

    /// <summary>The PBX paused its recording. Where it did not, this is a mark on audio that exists.</summary>
    public bool Honoured { get; set; }

    /// <summary>Where the stretch ends as far as is known: the limit while it is open.</summary>
    public DateTime EndsAtUtc => UntilUtc ?? FromUtc + Limit;
}
