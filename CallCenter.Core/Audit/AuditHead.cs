using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Audit;

/// <summary>
/// The end of a chain, kept apart from the entries so that a cut-off tail shows. Made with the tenant; locked by every
/// writer before it appends, which is what puts two writers in a row.
/// </summary>
public sealed class AuditHead : ITenantOwned
{
    /// <summary>The chain.</summary>
    public required Guid TenantId { get; init; }

    /// <summary>Sequence of the newest entry; 0 while the chain is empty.</summary>
    public required long Sequence { get; set; }

    /// <summary>Hash of the newest entry, 32 bytes; zeros while the chain is empty.</summary>
    public required byte[] Hash { get; set; }
}
