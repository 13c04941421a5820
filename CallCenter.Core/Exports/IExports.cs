using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Exports;

/// <summary>
/// Files made in the background from calls and reports. Everything needs <see cref="Permissions.Reports.Export"/>, else
/// <see cref="AccessErrors.Denied"/>. People see their own exports; with <see cref="Permissions.Calls.ViewAll"/> all of the tenant.
/// </summary>
public interface IExports
{
    /// <summary>Puts an export on the list; a node of the portal makes it soon.</summary>
    /// <returns>Its key, <see cref="ExportErrors.TooMany"/> or <see cref="ExportErrors.BadSelection"/>.</returns>
    Task<Result<Guid>> StartAsync(ExportOrder order, CancellationToken cancellationToken = default);

    /// <summary>The newest exports, at most 200.</summary>
    Task<Result<IReadOnlyList<ExportRow>>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>One export.</summary>
    /// <returns>The export, or <see cref="ExportErrors.NotFound"/>.</returns>
    Task<Result<ExportRow>> FindAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Takes an export back; what was written of it goes.</summary>
    /// <returns>Success, <see cref="ExportErrors.NotFound"/> or <see cref="ExportErrors.AlreadyOver"/>.</returns>
    Task<Result> CancelAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Deletes an export that is over, its file included.</summary>
    /// <returns>Success, <see cref="ExportErrors.NotFound"/> or <see cref="ExportErrors.StoreFailed"/>.</returns>
    Task<Result> DeleteAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Opens the file. Rights and reach are asked again, the act is audited.</summary>
    /// <param name="id">The export.</param>
    /// <param name="isContinued">The visitor goes on with a download that was audited when it began.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>The file, <see cref="ExportErrors.NotFound"/>, <see cref="ExportErrors.NoFile"/>, <see cref="ExportErrors.ReachNarrower"/> or <see cref="ExportErrors.FileMissing"/>.</returns>
    Task<Result<ExportFile>> OpenAsync(Guid id, bool isContinued = false, CancellationToken cancellationToken = default);

    /// <summary>Calls back, in the subscriber's culture, when the tenant's exports of this node changed. Dispose the answer to stop.</summary>
    IDisposable Subscribe(Func<Task> changed);
}

/// <summary>A wish for a file.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Format">What kind of file.</param>
/// <param name="Filter">The selection as the query of an address.</param>
/// <param name="Language">Language of headings and words.</param>
public sealed record ExportOrder(ExportKind Kind, ExportFormat Format, string Filter, string Language)
{
    /// <summary>Keys of the columns; empty for all.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Key of the report; empty for calls.</summary>
    public string Report { get; init; } = "";

    /// <summary>Name of the client; empty for others.</summary>
    public string Subject { get; init; } = "";
}

/// <summary>An export as listed. Members mean what they mean on <see cref="Export"/>; times are UTC.</summary>
public sealed record ExportRow(
    Guid Id,
    ExportKind Kind,
    ExportFormat Format,
    string Filter,
    string Report,
    string Subject,
    ExportState State,
    long RowsDone,
    long? RowsOf,
    long SizeBytes,
    string Failure,
    string OwnerName,
    bool IsOwn,
    Guid? ScheduleId,
    DateTime CreatedAtUtc,
    DateTime? StartedAtUtc,
    DateTime? FinishedAtUtc,
    DateTime? ExpiresAtUtc)
{
    /// <summary>Waits or is being written.</summary>
    public bool IsUnderWay => State is ExportState.Queued or ExportState.Running;
}

/// <summary>An open file.</summary>
/// <param name="Content">Dispose it; it can seek.</param>
/// <param name="Name">Name for the disk of whoever takes it.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="IsPage">To be shown, not saved.</param>
/// <param name="FinishedAtUtc">When it was made, UTC.</param>
public sealed record ExportFile(Stream Content, string Name, string ContentType, bool IsPage, DateTime FinishedAtUtc);
