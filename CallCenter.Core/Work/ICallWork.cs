using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Work;

/// <summary>
/// Notes, tags and dispositions of calls within the caller's reach. Reading needs <see cref="Permissions.Calls.View"/>, writing
/// <see cref="Permissions.Calls.Annotate"/> too, else <see cref="AccessErrors.Denied"/>. A call out of reach, of another tenant,
/// or one that was joined to another meanwhile answers <see cref="CallErrors.NotFound"/>.
/// </summary>
public interface ICallWork
{
    /// <summary>Everything that people put on the call, and what the caller may do.</summary>
    Task<Result<CallWork>> ReadAsync(Guid callId, CancellationToken cancellationToken = default);

    /// <summary>Writes a note.</summary>
    /// <returns>Its key, <see cref="WorkErrors.NoteEmpty"/> or <see cref="WorkErrors.NoteTooLong"/>.</returns>
    Task<Result<Guid>> AddNoteAsync(Guid callId, string text, CancellationToken cancellationToken = default);

    /// <summary>Changes an own note, within <see cref="CallNote.EditTime"/>.</summary>
    /// <returns>Success, <see cref="WorkErrors.NoteNotFound"/>, <see cref="WorkErrors.NoteFixed"/>, <see cref="WorkErrors.NoteChanged"/> or an error of the text.</returns>
    Task<Result> ChangeNoteAsync(Guid noteId, string text, int version, CancellationToken cancellationToken = default);

    /// <summary>Deletes an own note within <see cref="CallNote.EditTime"/>; with <see cref="Permissions.Calls.ViewAll"/> anyone's at any time.</summary>
    /// <returns>What <see cref="RestoreNoteAsync"/> takes, <see cref="WorkErrors.NoteNotFound"/> or <see cref="WorkErrors.NoteFixed"/>.</returns>
    Task<Result<DeletedNote>> DeleteNoteAsync(Guid noteId, CancellationToken cancellationToken = default);

    /// <summary>Takes a deletion back, with the author and time of before.</summary>
    Task<Result> RestoreNoteAsync(DeletedNote note, CancellationToken cancellationToken = default);

    /// <summary>Puts a tag on; one that is there already, in whatever spelling, is no error.</summary>
    /// <returns>Success, <see cref="WorkErrors.TagWrong"/> or <see cref="WorkErrors.TooManyTags"/>.</returns>
    Task<Result> AddTagAsync(Guid callId, string text, CancellationToken cancellationToken = default);

    /// <summary>Takes a tag off; one that is gone already is no error.</summary>
    Task<Result> RemoveTagAsync(Guid callId, string key, CancellationToken cancellationToken = default);

    /// <summary>Tags of the vocabulary whose words begin like the text, last used first, at most 20.</summary>
    Task<Result<IReadOnlyList<CallTagRow>>> SuggestTagsAsync(string text, CancellationToken cancellationToken = default);

    /// <summary>Gives the caller's disposition, or takes it off with null.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="dispositionId">Which one.</param>
    /// <param name="note">A note to write with it; null or empty for none.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>Success, <see cref="WorkErrors.DispositionUnknown"/>, <see cref="WorkErrors.DispositionNeedsNote"/> or an error of the text.</returns>
    Task<Result> SetDispositionAsync(Guid callId, Guid? dispositionId, string? note = null, CancellationToken cancellationToken = default);
}

/// <summary>What people put on a call.</summary>
/// <param name="Notes">By time.</param>
/// <param name="Tags">By text.</param>
/// <param name="Dispositions">One for each person, the last word first.</param>
/// <param name="MayWrite">The caller may add to it.</param>
public sealed record CallWork(IReadOnlyList<CallNoteRow> Notes, IReadOnlyList<CallTagRow> Tags, IReadOnlyList<CallDispositionRow> Dispositions, bool MayWrite);

/// <summary>A note as shown. Members mean what they mean on <see cref="CallNote"/>; times are UTC.</summary>
/// <param name="Id">Key.</param>
/// <param name="Text">Text.</param>
/// <param name="AuthorName">Author.</param>
/// <param name="CreatedAtUtc">UTC.</param>
/// <param name="ChangedAtUtc">UTC.</param>
/// <param name="Version">Give it back with a change.</param>
/// <param name="MayChange">The caller may change it now.</param>
/// <param name="MayDelete">The caller may delete it now.</param>
public sealed record CallNoteRow(
    Guid Id, string Text, string AuthorName, DateTime CreatedAtUtc, DateTime? ChangedAtUtc, int Version, bool MayChange, bool MayDelete);

/// <summary>A tag as shown.</summary>
/// <param name="Key">Folded text.</param>
/// <param name="Text">As first typed.</param>
public sealed record CallTagRow(string Key, string Text);

/// <summary>A disposition that somebody gave.</summary>
/// <param name="DispositionId">Which one.</param>
/// <param name="NameEnglish">Its name in English.</param>
/// <param name="NameArabic">Its name in Arabic.</param>
/// <param name="UserName">Who gave it.</param>
/// <param name="SetAtUtc">When, UTC.</param>
/// <param name="IsLast">The last word on the call.</param>
/// <param name="IsMine">The caller's own.</param>
public sealed record CallDispositionRow(
    Guid DispositionId, string NameEnglish, string NameArabic, string UserName, DateTime SetAtUtc, bool IsLast, bool IsMine);

/// <summary>A deleted note, for the moment in which the deletion can be taken back.</summary>
public sealed record DeletedNote(
    Guid Id, Guid CallId, string Text, Guid? AuthorId, string AuthorName, DateTime CreatedAtUtc, DateTime? ChangedAtUtc);
