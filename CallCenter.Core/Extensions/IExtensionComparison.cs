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
    /// <returns>Success, what the PBX answered, or <see cref="ExtensionErrors.CompareRuns"/> while another one is under way.</returns>
    Task<Result> CompareAsync(IProgress<(int Read, int Total)>? progress, CancellationToken cancellationToken = default);

    /// <summary>Everything that differs, as last read.</summary>
    Task<Result<ExtensionComparisonView>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Calls back when extensions of the tenant changed; read again then. Dispose the answer to stop.</summary>
    IDisposable Subscribe(Func<Task> changed);

    /// <summary>Settles differences of one extension, all named fields at once.</summary>
    /// <param name="id">Which.</param>
    /// <param name="choices">
    /// Name of a field that differs (<see cref="ExtensionDifference.SecretField"/> for the SIP secret) to whose value wins. As
    /// soon as one is written to the PBX every difference must be named: a write makes the PBX equal to the portal.
    /// </param>
    /// <param name="version">From the row.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// Success, or <see cref="ExtensionErrors.Conflict"/> when the differences are others than those named,
    /// <see cref="ExtensionErrors.Pending"/>, <see cref="ExtensionErrors.WrongState"/>, <see cref="ExtensionErrors.NotOnPbx"/>,
    /// or <see cref="ExtensionErrors.Locked"/> for a write to an account that the PBX locked.
    /// </returns>
    Task<Result> SettleAsync(Guid id, IReadOnlyDictionary<string, SettleDirection> choices, int version, CancellationToken cancellationToken = default);

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
/// <param name="Managed">How many extensions are managed here.</param>
/// <param name="ReadAtUtc">When the PBX's list was last read, UTC; null before the first time.</param>
/// <param name="ReadErrorCode">Why it cannot be read now, an error code; null while it can.</param>
public sealed record ExtensionComparisonView(
    IReadOnlyList<ExtensionDifference> Different,
    IReadOnlyList<ExtensionRow> Missing,
    IReadOnlyList<ExtensionRow> Found,
    DateTime? ComparedAtUtc,
    int Managed,
    DateTime? ReadAtUtc,
    string? ReadErrorCode);

/// <summary>An extension with fields that differ.</summary>
/// <param name="Row">The extension.</param>
/// <param name="Fields">Before is the portal's value, after the PBX's; both null for <see cref="SecretField"/>.</param>
/// <param name="SeenAtUtc">When the PBX's values were read, UTC.</param>
public sealed record ExtensionDifference(ExtensionRow Row, IReadOnlyList<FieldChange> Fields, DateTime SeenAtUtc)
{
    /// <summary>Name that stands for the SIP secret, which is compared but never shown.</summary>
    public const string SecretField = "Secret";

    /// <summary>The differences of an extension; null when there are none, it is pending or was never read.</summary>
    public static ExtensionDifference? Of(ExtensionRow row, ExtensionProfile wanted, ExtensionProfile? seen, DateTime? seenAtUtc)
    {
        if (row.State != ExtensionState.Active || row.MissingSinceUtc is not null || seen is null || seenAtUtc is not { } at)
        {
            return null;
        }

        List<FieldChange> fields = [.. wanted.Differences(seen).Select(field => new FieldChange(field.Name, field.Get(wanted), field.Get(seen)))];
        if (row.SecretDiffers)
        {
            fields.Add(new FieldChange(SecretField, null, null));
        }

        return fields.Count == 0 ? null : new ExtensionDifference(row, fields, at);
    }

    /// <summary>The differences of an extension; null when there are none, it is pending or was never read.</summary>
    public static ExtensionDifference? Of(ExtensionDetail detail) => Of(detail.Row, detail.Wanted, detail.Seen, detail.SeenAtUtc);
}
