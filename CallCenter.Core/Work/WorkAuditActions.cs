namespace CallCenter.Core.Work;

/// <summary>Acts on calls in the audit log, without the texts of notes. Permanent, as they are stored.</summary>
public static class WorkAuditActions
{
    /// <summary>A note was written.</summary>
    public const string NoteAdded = "work.note_added";

    /// <summary>A note was changed.</summary>
    public const string NoteChanged = "work.note_changed";

    /// <summary>A note was deleted.</summary>
    public const string NoteDeleted = "work.note_deleted";

    /// <summary>The deletion of a note was taken back.</summary>
    public const string NoteRestored = "work.note_restored";

    /// <summary>A tag was put on a call.</summary>
    public const string TagAdded = "work.tag_added";

    /// <summary>A tag was taken off a call.</summary>
    public const string TagRemoved = "work.tag_removed";

    /// <summary>A disposition was given, changed or taken off.</summary>
    public const string DispositionSet = "work.disposition_set";

    /// <summary>An entry was added to the list of dispositions.</summary>
    public const string DispositionCreated = "work.disposition_created";

    /// <summary>An entry of the list was changed, retired or moved.</summary>
    public const string DispositionChanged = "work.disposition_changed";
}
