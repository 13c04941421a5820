using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Work;

/// <summary>A result that agents give a call, from the tenant's own list. Never deleted, as calls keep it; retired instead.</summary>
public sealed class Disposition : ITenantOwned
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameMaxLength = 60;

    /// <summary>Most entries of the list.</summary>
    public const int MaxCount = 60;

    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Name in English; empty when only the Arabic one is given.</summary>
    public required string NameEnglish { get; set; }

    /// <summary>Name in Arabic; empty when only the English one is given.</summary>
    public required string NameArabic { get; set; }

    /// <summary>Place in the list.</summary>
    public required int Position { get; set; }

    /// <summary>May be given to calls; a retired one stays on the calls that have it.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Asks for a note.</summary>
    public bool NeedsNote { get; set; }

    /// <summary>Counts as a success in figures.</summary>
    public bool IsSuccess { get; set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; set; }
}

/// <summary>The result that one person gave a call.</summary>
public sealed class CallDisposition : ITenantOwned
{
    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The call.</summary>
    public required Guid CallId { get; init; }

    /// <summary>Whose word it is.</summary>
    public required Guid UserId { get; init; }

    /// <summary>That person's name at the time.</summary>
    public required string UserName { get; set; }

    /// <summary>Which one.</summary>
    public required Guid DispositionId { get; set; }

    /// <summary>When, UTC.</summary>
    public required DateTime SetAtUtc { get; set; }

    /// <summary>The last word on the call: what lists, filters and figures use.</summary>
    public required bool IsLast { get; set; }
}
