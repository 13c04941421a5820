using CallCenter.Core.Clients;
using CallCenter.Core.Exports;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>A filter of the history with its columns, kept under a name. What it names may go: it narrows to nothing then.</summary>
public sealed class CallView : ITenantOwned
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameMaxLength = 60;

    /// <summary>Longest query, in characters; more than every filter at its longest.</summary>
    public const int QueryMaxLength = 10_000;

    /// <summary>Most views of one person, and most shared ones of a tenant.</summary>
    public const int MaxCount = 50;

    /// <summary><see cref="OwnerId"/> of views that everybody of the tenant sees.</summary>
    public static readonly Guid Everybody = Guid.Empty;

    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Whose it is; <see cref="Everybody"/> for shared ones.</summary>
    public required Guid OwnerId { get; set; }

    /// <summary>Name as typed.</summary>
    public required string Name { get; set; }

    /// <summary>Folded name: one of each for an owner.</summary>
    public required string NameKey { get; set; }

    /// <summary>Filter and columns, see <see cref="Tidy"/>.</summary>
    public required string Query { get; set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; set; }

    /// <summary>
    /// What of a query of the history's address is kept: the filter as <see cref="CallFilterText"/> writes it, days counted from
    /// today included, and the columns. The page, an open call and what nobody knows go.
    /// </summary>
    public static string Tidy(string query)
    {
        // As in the address, the last of several counts.
        var values = ExportFilterText.Read(query).GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value);
        var filter = CallFilterText.Read(values.GetValueOrDefault);
        var pairs = CallFilterText.Write(filter with { Number = filter.Number is { } number ? Bare(number) : null });
        return ExportFilterText.Write(CallColumns.Read(values.GetValueOrDefault(CallColumns.Key)) is { } columns
            ? [.. pairs, KeyValuePair.Create(CallColumns.Key, CallColumns.Write(columns))]
            : pairs);
    }

    // Any spelling finds the same calls, and bare digits can be found again when the number is to be erased everywhere.
    private static string Bare(string number)
    {
        var folded = SearchText.Fold(number);
        return folded.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '-' or '(' or ')' or '.' or '/')
            ? string.Concat(folded.Where(c => char.IsAsciiDigit(c) || c == '+'))
            : number;
    }
}

/// <summary>How one person likes the history of a tenant.</summary>
public sealed class CallListChoice : ITenantOwned
{
    /// <summary>Longest list of columns, in characters.</summary>
    public const int ColumnsMaxLength = 200;

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Whose choice it is.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Columns last chosen, as <see cref="CallColumns"/> writes them; empty before any choice.</summary>
    public string Columns { get; set; } = "";

    /// <summary>The view that opens with the page; null for none. Kept when the view goes, as it may come back.</summary>
    public Guid? DefaultViewId { get; set; }
}
