using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>
/// A span in which a PBX's clock stood at one UTC offset, learned from its own rows: a unique id holds the UTC second at which a
/// call's first leg began, its start the wall clock at the same moment.
/// </summary>
public sealed class PbxOffset : ITenantOwned
{
    /// <inheritdoc />
    public Guid TenantId { get; init; }

    /// <summary>The PBX connection.</summary>
    public required Guid PbxId { get; init; }

    /// <summary>First moment the offset was seen, UTC.</summary>
    public required DateTime FirstSeenUtc { get; init; }

    /// <summary>Last moment it was seen before another one, UTC.</summary>
    public required DateTime LastSeenUtc { get; set; }

    /// <summary>The offset, minutes east of UTC.</summary>
    public required int OffsetMinutes { get; init; }
}

/// <summary>The offsets of the tenant's PBX as learned. Asks for <see cref="Permissions.Settings.View"/>.</summary>
public interface IPbxOffsets
{
    /// <summary>Newest first.</summary>
    /// <returns>The spans, none before the first sync, or <see cref="AccessErrors.Denied"/>.</returns>
    Task<Result<IReadOnlyList<PbxOffset>>> ListAsync(CancellationToken cancellationToken = default);
}
