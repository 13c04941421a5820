using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Extensions;

/// <summary>
/// Acts on many extensions: a preview first that changes nothing (the dry run), then a run with progress and cancel.
/// Looking at runs needs <see cref="Permissions.Extensions.View"/>, everything else <see cref="Permissions.Extensions.Edit"/>, else
/// <see cref="AccessErrors.Denied"/>.
/// </summary>
public interface IExtensionBulk
{
    /// <summary>What creating this many would do: numbers picked, names filled in.</summary>
    /// <returns>The preview, or an error of the range, <see cref="ExtensionErrors.RunSize"/> or <see cref="ExtensionErrors.RangeExhausted"/>.</returns>
    Task<Result<CreatePreview>> PreviewRangeAsync(ExtensionRangeForm form, CancellationToken cancellationToken = default);

    /// <summary>What creating the lines of a CSV file would do; each refused line has its reasons.</summary>
    /// <param name="csv">The file; at most 1 MB, UTF-8 or UTF-16 with a byte-order mark, or Windows-1256. The first line names the columns.</param>
    /// <param name="defaults">Settings that the file does not name.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<Result<CreatePreview>> PreviewCsvAsync(Stream csv, ExtensionProfile defaults, CancellationToken cancellationToken = default);

    /// <summary>Creates the good lines of a preview. Numbers that were taken meanwhile answer <see cref="ExtensionErrors.PreviewStale"/> and nothing starts.</summary>
    Task<Result<Guid>> StartCreateAsync(IReadOnlyList<CreateLine> lines, CancellationToken cancellationToken = default);

    /// <summary>What the act would do to each of the extensions, warnings included.</summary>
    Task<Result<ActPreview>> PreviewActAsync(ExtensionAct act, IReadOnlyList<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>
    /// Does it to those of the preview that it can be done to. All is queued at once, but for adoptions: these need nothing of
    /// the PBX but to be read, are done when this returns, and each stands by itself.
    /// </summary>
    /// <param name="act">The act.</param>
    /// <param name="items">Keys and versions from the preview; another version answers <see cref="ExtensionErrors.PreviewStale"/> and nothing starts.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<Result<Guid>> StartActAsync(ExtensionAct act, IReadOnlyList<ActTarget> items, CancellationToken cancellationToken = default);

    /// <summary>How far a run is. Changes are told by <see cref="IExtensions.Subscribe"/>.</summary>
    Task<Result<ExtensionRunProgress>> GetRunAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>The latest runs, newest first, at most 20.</summary>
    Task<Result<IReadOnlyList<ExtensionRunProgress>>> ListRunsAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes back what was not sent yet; what was sent is finished. A second cancel is no error.</summary>
    Task<Result> CancelAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Retries everything in the run that failed.</summary>
    Task<Result> RetryFailedAsync(Guid id, CancellationToken cancellationToken = default);
}

/// <summary>Many new extensions in a row.</summary>
public sealed class ExtensionRangeForm
{
    /// <summary>How many; 1 to <see cref="ExtensionRun.MaxItems"/>.</summary>
    public int? Count { get; set; } = 10;

    /// <summary>First number; empty to start at the range's first free one. Taken numbers are skipped.</summary>
    public string From { get; set; } = "";

    /// <summary>Name pattern: <c>{number}</c> and <c>{n}</c> (counting from 1) are filled in.</summary>
    public string NamePattern { get; set; } = "Agent {n}";

    /// <summary>The other settings.</summary>
    public ExtensionProfile Profile { get; set; } = new();
}

/// <summary>A line of a preview.</summary>
/// <param name="Line">Line of the file or count in the range, from 1.</param>
/// <param name="Number">Number; empty when it could not be made out.</param>
/// <param name="AutoNumbered">The portal picked the number.</param>
/// <param name="Profile">Settings.</param>
/// <param name="UserId">Whose it will be; null for nobody.</param>
/// <param name="UserName">That person's name; null for nobody.</param>
/// <param name="Errors">Why it is refused; empty when good.</param>
public sealed record CreateLine(
    int Line, string Number, bool AutoNumbered, ExtensionProfile Profile, Guid? UserId, string? UserName, IReadOnlyList<Error> Errors)
{
    /// <summary>The line as it stands in the file, to be given back when it is refused; empty for ranges.</summary>
    public string Raw { get; init; } = "";
}

/// <summary>What a bulk creation would do.</summary>
/// <param name="Lines">Every line.</param>
/// <param name="UnknownColumns">Columns of the file that mean nothing here; empty for ranges.</param>
/// <param name="SkippedNumbers">Numbers of the range that were passed over because they are taken; at most 100.</param>
public sealed record CreatePreview(IReadOnlyList<CreateLine> Lines, IReadOnlyList<string> UnknownColumns, IReadOnlyList<string> SkippedNumbers)
{
    /// <summary>The file's first line, to stand above lines that are given back; empty for ranges.</summary>
    public string Header { get; init; } = "";

    /// <summary>Why the PBX's numbers could not be read, so that the last known ones counted; null when they could.</summary>
    public Error? PbxError { get; init; }
}

/// <summary>An act on chosen extensions.</summary>
/// <param name="Kind">Anything but <see cref="ExtensionRunKind.Create"/>.</param>
/// <param name="Profile">For changes: where the values come from; null otherwise.</param>
/// <param name="Fields">For changes: names of the fields to set; empty otherwise.</param>
public sealed record ExtensionAct(ExtensionRunKind Kind, ExtensionProfile? Profile, IReadOnlyList<string> Fields);

/// <summary>An extension of an act, as previewed.</summary>
public sealed record ActTarget(Guid Id, int Version);

/// <summary>What an act would do.</summary>
/// <param name="Items">Every chosen extension.</param>
public sealed record ActPreview(IReadOnlyList<ActPreviewItem> Items)
{
    /// <summary>Why the PBX could not be asked who is on a call, so that the last reading counted; null when it could or was not needed.</summary>
    public Error? PbxError { get; init; }
}

/// <summary>What an act would do to one extension.</summary>
/// <param name="Id">Key.</param>
/// <param name="Version">Give it back with the start.</param>
/// <param name="Number">Number.</param>
/// <param name="Name">Name.</param>
/// <param name="Changes">Field by field, before and after; empty for other acts than changes.</param>
/// <param name="Refusal">Why nothing will be done; null when it will.</param>
/// <param name="InCall">Somebody is on a call with it.</param>
public sealed record ActPreviewItem(
    Guid Id, int Version, string Number, string Name, IReadOnlyList<FieldChange> Changes, Error? Refusal, bool InCall)
{
    /// <summary>It is out of service on the PBX.</summary>
    public bool OutOfService { get; init; }
}

/// <summary>A field before and after.</summary>
/// <param name="Field">Name of the <see cref="ExtensionField"/>.</param>
/// <param name="Before">Value before.</param>
/// <param name="After">Value after.</param>
public sealed record FieldChange(string Field, object? Before, object? After);

/// <summary>How far a run is.</summary>
/// <param name="Id">Key.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Total">Extensions in it.</param>
/// <param name="Done">Finished well.</param>
/// <param name="Failed">Refused for good.</param>
/// <param name="TakenBack">Taken back by the cancel.</param>
/// <param name="Waiting">Not sent yet.</param>
/// <param name="Written">On the PBX, waiting to be applied.</param>
/// <param name="StartedAtUtc">UTC.</param>
/// <param name="StartedBy">Who started it.</param>
/// <param name="CancelledAtUtc">UTC; null otherwise.</param>
/// <param name="FinishedAtUtc">UTC; null while it runs.</param>
public sealed record ExtensionRunProgress(
    Guid Id,
    ExtensionRunKind Kind,
    int Total,
    int Done,
    int Failed,
    int TakenBack,
    int Waiting,
    int Written,
    DateTime StartedAtUtc,
    string StartedBy,
    DateTime? CancelledAtUtc,
    DateTime? FinishedAtUtc);
