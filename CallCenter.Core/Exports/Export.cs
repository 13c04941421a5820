using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Exports;

/// <summary>A file that somebody asked for: the wish, how far it got, and where the file lies.</summary>
public sealed class Export : ITenantOwned
{
    /// <summary>Longest selection, as query text, in characters.</summary>
    public const int FilterMaxLength = 2000;

    /// <summary>Longest list of columns, in characters.</summary>
    public const int ColumnsMaxLength = 600;

    /// <summary>Longest name of a report, in characters.</summary>
    public const int ReportMaxLength = 60;

    /// <summary>Longest subject, in characters.</summary>
    public const int SubjectMaxLength = 200;

    /// <summary>Longest reach as text, in characters.</summary>
    public const int ReachMaxLength = 4000;

    /// <summary>Longest key of a file, in characters.</summary>
    public const int FileKeyMaxLength = 120;

    /// <summary>Longest failure code, in characters.</summary>
    public const int FailureMaxLength = 80;

    /// <summary>Longest name of the owner, in characters.</summary>
    public const int OwnerNameMaxLength = 120;

    /// <summary>Begun so often and never ended: something about it brings nodes down, so it is given up.</summary>
    public const int MaxAttempts = 5;

    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Who asked; their rights decide what is in it.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>Their name at the time.</summary>
    public required string OwnerName { get; init; }

    /// <summary>What it holds.</summary>
    public required ExportKind Kind { get; init; }

    /// <summary>What kind of file.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>The selection as the query of an address, without a question mark; empty selects everything.</summary>
    public required string Filter { get; init; }

    /// <summary>Keys of the columns, comma-separated, in order; empty for all.</summary>
    public required string Columns { get; init; }

    /// <summary>Key of the report; empty for calls.</summary>
    public required string Report { get; init; }

    /// <summary>Name of the client; empty for others.</summary>
    public required string Subject { get; init; }

    /// <summary>Language of headings and words, <c>en</c> or <c>ar</c>.</summary>
    public required string Language { get; init; }

    /// <summary>IANA zone of the times in it: the tenant's when it was asked for.</summary>
    public required string TimeZoneId { get; init; }

    /// <summary>What the owner could see when it was asked for, see <see cref="ExportReach"/>; whoever takes it must see as much.</summary>
    public required string Reach { get; set; }

    /// <summary>The schedule that asked; null when a person did.</summary>
    public Guid? ScheduleId { get; init; }

    /// <summary>How far it got.</summary>
    public required ExportState State { get; set; }

    /// <summary>Rows written so far.</summary>
    public long RowsDone { get; set; }

    /// <summary>Rows there are about; null until counted.</summary>
    public long? RowsOf { get; set; }

    /// <summary>Bytes of the file; 0 until done.</summary>
    public long SizeBytes { get; set; }

    /// <summary>Where the file lies below the tenant's folder; empty until done and after deletion.</summary>
    public string FileKey { get; set; } = "";

    /// <summary>Code of what ended it; empty unless failed.</summary>
    public string Failure { get; set; } = "";

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTime CreatedAtUtc { get; init; }

    /// <summary>When it was begun last, UTC.</summary>
    public DateTime? StartedAtUtc { get; set; }

    /// <summary>When it ended, UTC.</summary>
    public DateTime? FinishedAtUtc { get; set; }

    /// <summary>When its file goes, UTC; null until done.</summary>
    public DateTime? ExpiresAtUtc { get; set; }
}
