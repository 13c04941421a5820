using CallCenter.Core.Primitives;

namespace CallCenter.Core.Clients;

/// <summary>Expected failures of the client book.</summary>
public static class ClientErrors
{
    /// <summary>No such client here. Also the answer for another tenant's, so ids cannot be probed.</summary>
    public static readonly Error NotFound = new("clients.not_found", "The client was not found.");

    /// <summary>Somebody else saved meanwhile.</summary>
    public static readonly Error Changed = new("clients.changed", "Somebody changed this client meanwhile.");

    /// <summary>Neither a name nor a company.</summary>
    public static readonly Error NameMissing = new("clients.name_missing", "Give a name or a company.", nameof(ClientForm.Name));

    /// <summary>Longer than <see cref="Client.NameMaxLength"/>.</summary>
    public static readonly Error NameTooLong = new("clients.name_too_long", "The name is too long.", nameof(ClientForm.Name));

    /// <summary>Longer than <see cref="Client.NameMaxLength"/>.</summary>
    public static readonly Error CompanyTooLong = new("clients.company_too_long", "The company is too long.", nameof(ClientForm.Company));

    /// <summary>Longer than <see cref="Client.NoteMaxLength"/>.</summary>
    public static readonly Error NoteTooLong = new("clients.note_too_long", "The note is too long.", nameof(ClientForm.Note));

    /// <summary>Not a subscriber's number; extensions and short codes are not either. The field names its place: <c>Numbers[1]</c>.</summary>
    public static readonly Error NumberWrong = new("clients.number_wrong", "This is not a phone number.", nameof(ClientForm.Numbers));

    /// <summary>Twice in the form.</summary>
    public static readonly Error NumberTwice = new("clients.number_twice", "This number stands here twice.", nameof(ClientForm.Numbers));

    /// <summary>More than <see cref="Client.MaxNumbers"/>.</summary>
    public static readonly Error TooManyNumbers = new("clients.too_many_numbers", "Too many numbers.", nameof(ClientForm.Numbers));

    /// <summary>Longer than <see cref="ClientNumber.LabelMaxLength"/>.</summary>
    public static readonly Error LabelTooLong = new("clients.label_too_long", "The label is too long.", nameof(ClientForm.Numbers));

    /// <summary>A tag longer than <see cref="ClientTag.TextMaxLength"/>, or more than <see cref="Client.MaxTags"/>.</summary>
    public static readonly Error TagsWrong = new("clients.tags_wrong", "At most 20 tags of 40 characters.", nameof(ClientForm.Tags));

    /// <summary>A client cannot be merged with itself.</summary>
    public static readonly Error MergeWithItself = new("clients.merge_with_itself", "Choose another client to merge with.");

    /// <summary>Together they have more numbers than one client may.</summary>
    public static readonly Error MergeTooLarge = new("clients.merge_too_large", "Together they have too many numbers.");
}
