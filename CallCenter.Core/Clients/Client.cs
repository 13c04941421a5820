using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Clients;

/// <summary>Someone who calls or is called: a person, a company, or a person at a company.</summary>
public sealed class Client : ITenantOwned
{
    /// <summary>Longest name and longest company, in characters.</summary>
    public const int NameMaxLength = 120;

    /// <summary>Longest note, in characters.</summary>
    public const int NoteMaxLength = 2000;

    /// <summary>Most numbers of one client.</summary>
    public const int MaxNumbers = 20;

    /// <summary>Most tags of one client.</summary>
    public const int MaxTags = 20;

    /// <summary>Longest <see cref="SearchText"/>: name, company and tags.</summary>
    public const int SearchMaxLength = (2 * NameMaxLength) + (MaxTags * (ClientTag.TextMaxLength + 1)) + 2;

    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Person's name; empty when only the company is known.</summary>
    public required string Name { get; set; }

    /// <summary>Company; empty when none.</summary>
    public required string Company { get; set; }

    /// <summary>Free text; empty when none.</summary>
    public required string Note { get; set; }

    /// <summary>Folded name, company and tags, see <see cref="SearchText.Fold"/>.</summary>
    public required string SearchText { get; set; }

    /// <summary>Folded name, or company without one: the order of the list.</summary>
    public required string SortText { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAtUtc { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime ChangedAtUtc { get; set; }

    /// <summary>Counts saves; guards against two people editing at once.</summary>
    public int Version { get; set; }

    /// <summary>In the order in which they were given.</summary>
    public List<ClientNumber> Numbers { get; init; } = [];

    /// <summary>Words to group clients by.</summary>
    public List<ClientTag> Tags { get; init; } = [];

    /// <summary>Name, or company without one.</summary>
    public string DisplayName => Name.Length > 0 ? Name : Company;
}

/// <summary>A number of a client. The same number may be another client's too: then calls from it are shown as ambiguous.</summary>
public sealed class ClientNumber : ITenantOwned
{
    /// <summary>Longest label, in characters.</summary>
    public const int LabelMaxLength = 40;

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Whose it is.</summary>
    public Guid ClientId { get; init; }

    /// <summary>Digits of E.164 as one integer.</summary>
    public required long E164 { get; init; }

    /// <summary><see cref="Calls.NumberTail"/> of it, for the search by last digits.</summary>
    public required long Tail { get; init; }

    /// <summary>What it is for, such as <c>mobile</c>; empty without.</summary>
    public required string Label { get; set; }

    /// <summary>Place in the client's list.</summary>
    public required int Position { get; set; }
}

/// <summary>A word on a client.</summary>
public sealed class ClientTag : ITenantOwned
{
    /// <summary>Longest tag, in characters.</summary>
    public const int TextMaxLength = 40;

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Whose it is.</summary>
    public Guid ClientId { get; init; }

    /// <summary>Folded text: two spellings are one tag.</summary>
    public required string Key { get; init; }

    /// <summary>As typed.</summary>
    public required string Text { get; set; }
}

/// <summary>A number whose calls must be matched again, because the client book changed. Written with the change, gone when done.</summary>
public sealed class ClientNumberChange : ITenantOwned
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Digits of E.164 as one integer.</summary>
    public required long E164 { get; init; }
}
