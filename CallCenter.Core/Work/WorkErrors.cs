using CallCenter.Core.Primitives;

namespace CallCenter.Core.Work;

/// <summary>Expected failures of notes, tags and dispositions.</summary>
public static class WorkErrors
{
    /// <summary>No such note here. Also the answer for another tenant's.</summary>
    public static readonly Error NoteNotFound = new("work.note_not_found", "The note was not found.");

    /// <summary>Nothing but white space.</summary>
    public static readonly Error NoteEmpty = new("work.note_empty", "Write something.", "Text");

    /// <summary>Longer than <see cref="CallNote.TextMaxLength"/>.</summary>
    public static readonly Error NoteTooLong = new("work.note_too_long", "The note is too long.", "Text");

    /// <summary>Somebody else's, or older than <see cref="CallNote.EditTime"/>.</summary>
    public static readonly Error NoteFixed = new("work.note_fixed", "The note can no longer be changed.");

    /// <summary>Changed elsewhere meanwhile.</summary>
    public static readonly Error NoteChanged = new("work.note_changed", "The note was changed meanwhile.");

    /// <summary>Empty, or longer than <see cref="CallTagWord.TextMaxLength"/>.</summary>
    public static readonly Error TagWrong = new("work.tag_wrong", "A tag has 1 to 40 characters.", "Tag");

    /// <summary>More than <see cref="CallTag.MaxPerCall"/>.</summary>
    public static readonly Error TooManyTags = new("work.too_many_tags", "A call has at most 20 tags.", "Tag");

    /// <summary>Not in the list, or retired.</summary>
    public static readonly Error DispositionUnknown = new("work.disposition_unknown", "Choose a disposition of the list.", "Disposition");

    /// <summary>The disposition asks for a note and the caller wrote none.</summary>
    public static readonly Error DispositionNeedsNote = new("work.disposition_needs_note", "This disposition needs a note.", "Text");

    /// <summary>Neither an English nor an Arabic name.</summary>
    public static readonly Error NameMissing = new("work.name_missing", "Give a name.", "NameEnglish");

    /// <summary>Longer than <see cref="Disposition.NameMaxLength"/>.</summary>
    public static readonly Error NameTooLong = new("work.name_too_long", "The name is too long.", "NameEnglish");

    /// <summary>Another entry has the name.</summary>
    public static readonly Error NameTaken = new("work.name_taken", "Another disposition has this name.", "NameEnglish");

    /// <summary>More than <see cref="Disposition.MaxCount"/>.</summary>
    public static readonly Error TooManyDispositions = new("work.too_many_dispositions", "The list is full.");

    /// <summary>The list was changed elsewhere meanwhile.</summary>
    public static readonly Error DispositionsChanged = new("work.dispositions_changed", "The list was changed meanwhile.");
}
