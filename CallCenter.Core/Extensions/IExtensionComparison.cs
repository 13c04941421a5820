using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Extensions;

/// <summary>
/// The portal against the PBX: what exists only there, what is missing there, and which fields differ. Looking needs
/// <see cref="Permissions.Extensions.View"/>, settling <see cref="Permissions.Extensions.Edit"/>, else <see cref="AccessErrors.Denied"/>.
/// </summary>
public interface IExtensionComparison
{
    /// <summary>Reads every extension of the PBX now, one call each, and stores what was seen. May take minutes.</summary>
    /// <param name="progress">Told how many of how many were read; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two extensions; what was read stays.</param>
    Task<Result> CompareAsync(IProgress<(int Read, int Total)>? progress, CancellationToken cancellationToken = default);

    /// <summary>Everything that differs, as last read.</summary>
    Task<Result<ExtensionComparisonView>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Settles fields of one extension.</summary>
    /// <param name="id">Which.</param>
    /// <param name="fields">Names of the fields, a part of those that differ.</param>
    /// <param name="direction">Whose values win.</param>
    /// <param name="version">From the row.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Success, <see cref="ExtensionErrors.Conflict"/>, <see cref="ExtensionErrors.Pending"/> or <see cref="ExtensionErrors.WrongState"/>.</returns>
    Task<Result> SettleAsync(Guid id, IReadOnlyList<string> fields, SettleDirection direction, int version, CancellationToken cancellationToken = default);

    /// <summary>Takes found ones under management, secrets included. Each has its own outcome; null is success.</summary>
    Task<Result<IReadOnlyList<(Guid Id, Error? Error)>>> AdoptAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>Creates one anew that the PBX lacks, with the stored settings and secrets.</summary>
    Task<Result> RecreateAsync(Guid id, int version, CancellationToken cancellationToken = default);

    /// <summary>Drops the row of one that the PBX lacks; the PBX is asked once more first.</summary>
    Task<Result> ForgetAsync(Guid id, int version, CancellationToken cancellationToken = default);
}

/// <summary>Whose values win.</summary>
public enum SettleDirection
{
    /// <summary>The PBX's values are taken over here.</summary>
    TakeFromPbx,

    /// <summary>The portal's values are written to the PBX.</summary>
    WriteToPbx,
}

/// <summary>Everything that differs.</summary>
/// <param name="Different">Extensions with fields that differ.</param>
/// <param name="Missing">Extensions that the PBX lacks.</param>
/// <param name="Found">Extensions that exist only on the PBX.</param>
/// <param name="ComparedAtUtc">Oldest reading among the managed ones, UTC; null before the first.</param>
public sealed record ExtensionComparisonView(
    IReadOnlyList<ExtensionDifference> Different, IReadOnlyList<ExtensionRow> Missing, IReadOnlyList<ExtensionRow> Found, DateTime? ComparedAtUtc);

/// <summary>An extension with fields that differ.</summary>
/// <param name="Row">The extension.</param>
/// <param name="Fields">Before is the portal's value, after the PBX's.</param>
/// <param name="SeenAtUtc">When the PBX's values were read, UTC.</param>
public sealed record ExtensionDifference(ExtensionRow Row, IReadOnlyList<FieldChange> Fields, DateTime SeenAtUtc);
