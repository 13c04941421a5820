using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Work;

/// <summary>What somebody wrote on a call. Hangs on the call by key alone, so that it can follow when calls are joined.</summary>
public sealed class CallNote : ITenantOwned
{
    /// <summary>Longest text, in characters.</summary>
    public const int TextMaxLength = 4_000;

    /// <summary>Longest name kept of people, in characters.</summary>
    public const int NameMaxLength = 120;

    /// <summary>How long the author may change or delete a note.</summary>
    public static readonly TimeSpan EditTime = TimeSpan.FromMinutes(30);

    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The call.</summary>
    public required Guid CallId { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; set; }

    /// <summary>Who wrote it; null for jobs and imports.</summary>
    public Guid? AuthorId { get; init; }

    /// <summary>The author's name at the time.</summary>
    public required string AuthorName { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAtUtc { get; init; }

    /// <summary>Last change, UTC; null while as first written.</summary>
    public DateTime? ChangedAtUtc { get; set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; set; }
}
