using CallCenter.Core.Primitives;

namespace CallCenter.Core.Extensions;

/// <summary>Expected failures of acts on many extensions, beside <see cref="ExtensionErrors"/>.</summary>
public static class ExtensionBulkErrors
{
    /// <summary>The first line of the file does not name its columns.</summary>
    public static readonly Error NoHeader = new("extensions.bulk_no_header", "The first line must name the columns, at least the name.");

    /// <summary>An earlier line of the file has this number.</summary>
    public static readonly Error NumberTwice = new("extensions.bulk_number_twice", "An earlier line has this number.", "Number");

    /// <summary>An earlier line of the file has this person.</summary>
    public static readonly Error UserTwice = new("extensions.bulk_user_twice", "An earlier line has this person.", "UserId");

    /// <summary>No number is left in the range for a line without one.</summary>
    public static readonly Error NoNumberLeft = new("extensions.bulk_no_number_left", "The extension range has no free number left for this line.", "Number");

    /// <summary>The act would change nothing.</summary>
    public static readonly Error NothingToDo = new("extensions.bulk_nothing_to_do", "Everything is as wanted already.");

    /// <summary>No field was chosen for a change.</summary>
    public static readonly Error NoFields = new("extensions.bulk_no_fields", "Choose at least one setting.");
}
