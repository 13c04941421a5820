using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Figures;

/// <summary>A day whose sums were not what its calls make, as the nightly proof found and mended it.</summary>
public sealed class FigureDifference : ITenantOwned
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The PBX whose calls they are.</summary>
    public required Guid PbxId { get; init; }

    /// <summary>The day, in the tenant's zone.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>When it was found and mended, UTC.</summary>
    public required DateTime FoundAtUtc { get; init; }

    /// <summary>Rows of sums that were wrong, missing or too many.</summary>
    public required int Rows { get; init; }

    /// <summary>Calls of the day by the sums.</summary>
    public required long CallsKept { get; init; }

    /// <summary>Calls of the day as counted.</summary>
    public required long CallsCounted { get; init; }
}

/// <summary>How the proof of the sums stands.</summary>
/// <param name="ProvedAtUtc">End of the last one, UTC; null before the first.</param>
/// <param name="ProvedDays">Days it looked at.</param>
/// <param name="CountedBackTo">Sums of days up to this one are still missing; null when none are.</param>
/// <param name="Differences">What was found in the last 30 days, newest first, at most 50.</param>
public sealed record FigureProof(DateTime? ProvedAtUtc, int ProvedDays, DateOnly? CountedBackTo, IReadOnlyList<FigureDifference> Differences);

/// <summary>What the nightly proof of the sums found; for those who change settings.</summary>
public interface IFigureProofs
{
    /// <summary>The last proof, or <see cref="AccessErrors.Denied"/> without <see cref="Permissions.Settings.Edit"/>.</summary>
    Task<Primitives.Result<FigureProof>> ReadAsync(CancellationToken cancellationToken = default);
}
