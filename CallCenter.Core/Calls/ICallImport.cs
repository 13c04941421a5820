using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>Reads call detail from files into the tenant's calls. Asks for <see cref="Permissions.Calls.Import"/>.</summary>
public interface ICallImport
{
    /// <summary>Largest file, in bytes.</summary>
    const long MaxBytes = 500_000_000;

    /// <summary>Reads the whole file and stores nothing.</summary>
    /// <param name="file">Can be read from its beginning again.</param>
    /// <param name="timeZoneId">Zone of the file's wall clock, where its unique ids do not tell.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What it holds, <see cref="AccessErrors.Denied"/>, <see cref="TelephonyErrors.NotConfigured"/> or one of <see cref="CallImportErrors"/>.</returns>
    Task<Result<CallImportPreview>> PreviewAsync(Stream file, string timeZoneId, CancellationToken cancellationToken = default);

    /// <summary>Stores the file's rows; those that are stored already stay as they are. Cancelling keeps what was stored so far.</summary>
    /// <returns>The report, also of a run that was cancelled; errors as of <see cref="PreviewAsync"/>.</returns>
    Task<Result<CallImportReport>> RunAsync(
        Stream file, string timeZoneId, Action<CallImportProgress>? progress = null, CancellationToken cancellationToken = default);
}

/// <summary>What kind of file it is.</summary>
public enum CallImportFormat
{
    /// <summary>Asterisk's <c>Master.csv</c>: 16 to 18 columns without a header.</summary>
    AsteriskMaster = 1,

    /// <summary>An export of a UCM: a header row that names the columns.</summary>
    UcmExport = 2,
}

/// <summary>What a file holds.</summary>
/// <param name="Format">Its kind.</param>
/// <param name="Rows">Rows that can be read.</param>
/// <param name="RefusedCount">Lines that cannot.</param>
/// <param name="Refused">The first of those.</param>
/// <param name="FirstUtc">Earliest start; null without rows.</param>
/// <param name="LastUtc">Latest start.</param>
/// <param name="Offsets">UTC offsets that its unique ids show; none where they name no time.</param>
/// <param name="ZoneFits">Whether the chosen zone agrees with those; true where there are none.</param>
/// <param name="Sample">The first rows as they will be stored.</param>
public sealed record CallImportPreview(
    CallImportFormat Format,
    long Rows,
    long RefusedCount,
    IReadOnlyList<CallImportRefusal> Refused,
    DateTime? FirstUtc,
    DateTime? LastUtc,
    IReadOnlyList<TimeSpan> Offsets,
    bool ZoneFits,
    IReadOnlyList<CallImportRow> Sample);

/// <summary>A row as it will be stored.</summary>
/// <param name="Line">Line in the file.</param>
/// <param name="StartedAtUtc">Start, UTC.</param>
/// <param name="Source">Caller.</param>
/// <param name="Destination">Number dialled.</param>
/// <param name="Direction">Direction.</param>
/// <param name="Disposition">How it ended.</param>
/// <param name="DurationSeconds">Seconds from start to end.</param>
/// <param name="BillableSeconds">Seconds billed.</param>
public sealed record CallImportRow(
    long Line,
    DateTime StartedAtUtc,
    string Source,
    string Destination,
    CallDirection Direction,
    LegDisposition Disposition,
    int DurationSeconds,
    int BillableSeconds);

/// <summary>A line that cannot be read.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Reason">Why.</param>
/// <param name="Raw">The line, cut where it is very long.</param>
public sealed record CallImportRefusal(long Line, Error Reason, string Raw);

/// <summary>How far a run is.</summary>
/// <param name="Fraction">Part of the file that was read, 0 to 1.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="Added">Of those, rows that were new.</param>
public sealed record CallImportProgress(double Fraction, long Rows, long Added);

/// <summary>How a run ended.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Added">Rows that were new.</param>
/// <param name="Known">Rows that were stored before.</param>
/// <param name="CallsAdded">Calls that are new.</param>
/// <param name="CallsChanged">Calls that got more rows.</param>
/// <param name="RefusedCount">Lines that could not be read.</param>
/// <param name="Refused">At most <see cref="MaxRefused"/> of those.</param>
/// <param name="Cancelled">Ended before the end of the file.</param>
public sealed record CallImportReport(
    long Rows,
    long Added,
    long Known,
    long CallsAdded,
    long CallsChanged,
    long RefusedCount,
    IReadOnlyList<CallImportRefusal> Refused,
    bool Cancelled)
{
    /// <summary>Most refused lines that a report keeps.</summary>
    public const int MaxRefused = 2_000;
}

/// <summary>Expected failures of the import: of the whole file first, then of single lines.</summary>
public static class CallImportErrors
{
    /// <summary>Nothing in it.</summary>
    public static readonly Error Empty = new("calls.import_empty", "There is nothing in the file.");

    /// <summary>Neither of the formats.</summary>
    public static readonly Error UnknownFormat = new("calls.import_unknown_format", "This is neither an Asterisk Master.csv nor a UCM export with a header row.");

    /// <summary>More than <see cref="ICallImport.MaxBytes"/>.</summary>
    public static readonly Error TooLarge = new("calls.import_too_large", "The file is larger than 500 MB. Split it.");

    /// <summary>No such zone.</summary>
    public static readonly Error Zone = new("calls.import_zone", "Choose a time zone.");

    /// <summary>Too few values for the format.</summary>
    public static readonly Error Columns = new("calls.import_columns", "The line has too few values.");

    /// <summary>Neither a start nor an id that names one.</summary>
    public static readonly Error Start = new("calls.import_start", "The start of the call cannot be read.");
}
