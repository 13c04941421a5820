using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>The push of one PBX. The secret itself is not kept, only its SHA-256: it has 256 bits of its own, which no dictionary holds.</summary>
public sealed class CdrPush : ITenantOwned
{
    /// <summary>Characters of a SHA-256 in hex.</summary>
    public const int HashLength = 64;

    /// <inheritdoc />
    public Guid TenantId { get; init; }

    /// <summary>The PBX connection.</summary>
    public required Guid PbxId { get; init; }

    /// <summary>Upper-case hex SHA-256 of the secret.</summary>
    public required string SecretHash { get; set; }

    /// <summary>When the secret was made, UTC.</summary>
    public required DateTime MadeAtUtc { get; set; }

    /// <summary>When rows last came, UTC; null when none did.</summary>
    public DateTime? LastReceivedAtUtc { get; set; }

    /// <summary>Legs received with this secret.</summary>
    public long Legs { get; set; }
}
