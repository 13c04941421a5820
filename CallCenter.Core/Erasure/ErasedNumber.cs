using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Erasure;

/// <summary>
/// That a number was erased: prints of its digits under the tenant's own key, never the digits. Whatever comes again with it, from a
/// sync, a push or a file, gets <see cref="Mark"/> in its place.
/// </summary>
public sealed class ErasedNumber : ITenantOwned
{
    /// <summary>What stands where the number stood. Permanent, as it is stored; pages show a word of their language for it.</summary>
    public const string Mark = "erased";

    /// <summary>Characters of a print.</summary>
    public const int PrintLength = 64;

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Print of the digits of E.164.</summary>
    public required string Whole { get; init; }

    /// <summary>How many digits those are.</summary>
    public required int WholeLength { get; init; }

    /// <summary>Print of the national digits; empty for a number of another country, whose national spelling would be another number here.</summary>
    public required string National { get; init; }

    /// <summary>How many digits those are; 0 without.</summary>
    public required int NationalLength { get; init; }

    /// <summary>Legs that began until then are without it, UTC. Who calls again afterwards is a caller like any other.</summary>
    public required DateTime UpToUtc { get; set; }
}

/// <summary>The key of a tenant's prints, sealed by the key ring.</summary>
public sealed class ErasureKey : ITenantOwned
{
    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Sealed; 256 random bits in base64.</summary>
    public required string KeyProtected { get; set; }
}
