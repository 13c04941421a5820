using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Work;

/// <summary>A word on a call; how it is spelt stands in <see cref="CallTagWord"/>.</summary>
public sealed class CallTag : ITenantOwned
{
    /// <summary>Most tags on one call.</summary>
    public const int MaxPerCall = 20;

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The call.</summary>
    public required Guid CallId { get; init; }

    /// <summary>Folded text, see <see cref="Clients.SearchText"/>: two spellings are one tag.</summary>
    public required string Key { get; init; }

    /// <summary>Who put it on.</summary>
    public required string AddedBy { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime AddedAtUtc { get; init; }
}

/// <summary>A word of the tenant's vocabulary of tags, which grows by use.</summary>
public sealed class CallTagWord : ITenantOwned
{
    /// <summary>Longest tag, in characters.</summary>
    public const int TextMaxLength = 40;

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Folded text.</summary>
    public required string Key { get; init; }

    /// <summary>As first typed.</summary>
    public required string Text { get; init; }

    /// <summary>Last use, UTC; suggestions come in its order.</summary>
    public DateTime UsedAtUtc { get; set; }
}
