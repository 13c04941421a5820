using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Audit;

/// <summary>
/// One act, written once and never changed. Entries form a chain per tenant, and one more for acts on the installation:
/// each carries the hash of the one before it. See <see cref="AuditHash"/> for what the hash covers.
/// </summary>
public sealed class AuditEntry : ITenantOwned
{
    /// <summary>Longest <see cref="Action"/>, <see cref="SubjectType"/> and <see cref="SubjectId"/>, in characters.</summary>
    public const int KeyMaxLength = 64;

    /// <summary>Longest <see cref="ActorName"/> and <see cref="SubjectName"/>, in characters; longer ones are cut.</summary>
    public const int NameMaxLength = 200;

    /// <summary>The chain: a tenant, or <see cref="AuditChains.Platform"/>.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>Place in the chain, from 1, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>When, UTC, whole milliseconds: what both databases keep exactly.</summary>
    public required DateTime AtUtc { get; init; }

    /// <summary>The user who did it; null for jobs, command-line verbs and callers who never signed in.</summary>
    public required Guid? ActorId { get; init; }

    /// <summary>User name, job name or verb at the time.</summary>
    public required string ActorName { get; init; }

    /// <summary>Address the request came from; null for jobs.</summary>
    public required string? RemoteAddress { get; init; }

    /// <summary>What was done, <c>feature.what_happened</c>; the key of its translated text.</summary>
    public required string Action { get; init; }

    /// <summary>Kind of thing it was done to, see <see cref="AuditSubjects"/>.</summary>
    public required string SubjectType { get; init; }

    /// <summary>Key of that thing as text.</summary>
    public required string SubjectId { get; init; }

    /// <summary>Its name at the time.</summary>
    public required string SubjectName { get; init; }

    /// <summary>Values before, a flat JSON object of texts; null when there were none. Secrets are masked.</summary>
    public required string? Before { get; init; }

    /// <summary>Values after, a flat JSON object of texts; null when there are none. Secrets are masked.</summary>
    public required string? After { get; init; }

    /// <summary>Form of the hashed bytes, <see cref="AuditHash.CurrentVersion"/> when written.</summary>
    public required int HashVersion { get; init; }

    /// <summary>Hash of the entry before, 32 bytes; zeros for the first.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>Hash of this entry, 32 bytes.</summary>
    public required byte[] Hash { get; init; }
}
