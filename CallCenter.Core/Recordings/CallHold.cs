using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Recordings;

/// <summary>A legal hold: while it stands, nothing deletes the call's recordings, neither age nor erasure.</summary>
public sealed class CallHold : ITenantOwned
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonMaxLength = 400;

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The call; follows when calls are joined.</summary>
    public required Guid CallId { get; set; }

    /// <summary>Why.</summary>
    public required string Reason { get; set; }

    /// <summary>Who.</summary>
    public required Guid ByUserId { get; init; }

    /// <summary>Their name at the time.</summary>
    public required string ByName { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime AtUtc { get; init; }
}
