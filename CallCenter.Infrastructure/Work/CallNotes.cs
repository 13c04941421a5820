using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Work;

/// <summary>Notes of calls. The audit log tells who wrote, changed and deleted when; what stood in a note stays out of it.</summary>
internal sealed class CallNotes(
    IDbContextFactory<CallCenterDbContext> contexts, CallWriting writing, IAuditTrail audit, ICaller caller, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>A name that fits the column.</summary>
    public static string Short(string name) => name.Length > CallNote.NameMaxLength ? name[..CallNote.NameMaxLength] : name;

    public async Task<List<CallNoteRow>> ReadAsync(CallCenterDbContext db, Guid callId, CancellationToken cancellationToken)
    {
        var rows = await db.Set<CallNote>().AsNoTracking().Where(note => note.CallId == callId)
            .OrderBy(note => note.CreatedAtUtc).ThenBy(note => note.Id).ToListAsync(cancellationToken);
        return rows.ConvertAll(note => new CallNoteRow(
            note.Id, note.Text, note.AuthorName, note.CreatedAtUtc, note.ChangedAtUtc, note.Version, MayChange(note), MayDelete(note)));
    }

    public Task<Result<Guid>> AddAsync(Guid callId, string text, CancellationToken cancellationToken) =>
        writing.RunAsync(callId, (db, key) => Task.FromResult(Add(db, callId, key, text)), cancellationToken);

    /// <summary>Adds a note to what is saved next.</summary>
    public Result<Guid> Add(CallCenterDbContext db, Guid callId, string callKey, string text)
    {
        if (Check(text, out var clean) is { } wrong)
        {
            return wrong;
        }

        var note = new CallNote { CallId = callId, Text = clean, AuthorId = caller.UserId, AuthorName = Short(caller.Name), CreatedAtUtc = Now };
        db.Add(note);
        audit.Append(db, NoteOf(WorkAuditActions.NoteAdded, callId, callKey));
        return note.Id;
    }

    public async Task<Result> ChangeAsync(Guid noteId, string text, int version, CancellationToken cancellationToken)
    {
        if (Check(text, out var clean) is { } wrong)
        {
            return wrong;
        }

        var result = await RunAsync<Guid>(noteId, (db, note, key) =>
        {
            if (!MayChange(note))
            {
                return WorkErrors.NoteFixed;
            }

            if (note.Version != version)
            {
                return WorkErrors.NoteChanged;
            }

            if (note.Text != clean)
            {
                (note.Text, note.ChangedAtUtc) = (clean, Now);
                audit.Append(db, NoteOf(WorkAuditActions.NoteChanged, note.CallId, key));
            }

            return noteId;
        }, cancellationToken);
        return result.Error is { } error ? error : Result.Success;
    }

    public Task<Result<DeletedNote>> DeleteAsync(Guid noteId, CancellationToken cancellationToken) =>
        RunAsync<DeletedNote>(noteId, (db, note, key) =>
        {
            if (!MayDelete(note))
            {
                return WorkErrors.NoteFixed;
            }

            db.Remove(note);
            audit.Append(db, NoteOf(WorkAuditActions.NoteDeleted, note.CallId, key) with { Before = new AuditValues { ["author"] = note.AuthorName } });
            return new DeletedNote(note.Id, note.CallId, note.Text, note.AuthorId, note.AuthorName, note.CreatedAtUtc, note.ChangedAtUtc);
        }, cancellationToken);

    public async Task<Result> RestoreAsync(DeletedNote deleted, CancellationToken cancellationToken)
    {
        var result = await writing.RunAsync<Guid>(deleted.CallId, async (db, key) =>
        {
            if (!await db.Set<CallNote>().AnyAsync(note => note.Id == deleted.Id, cancellationToken))
            {
                db.Add(new CallNote
                {
                    Id = deleted.Id,
                    CallId = deleted.CallId,
                    Text = deleted.Text,
                    AuthorId = deleted.AuthorId,
                    AuthorName = deleted.AuthorName,
                    CreatedAtUtc = deleted.CreatedAtUtc,
                    ChangedAtUtc = deleted.ChangedAtUtc,
                });
                audit.Append(db, NoteOf(WorkAuditActions.NoteRestored, deleted.CallId, key) with { After = new AuditValues { ["author"] = deleted.AuthorName } });
            }

            return deleted.Id;
        }, cancellationToken);
        return result.Error is { } error ? error : Result.Success;
    }

    private static Error? Check(string text, out string clean)
    {
        // Half a surrogate and NUL cannot be stored.
        clean = string.Concat(text.EnumerateRunes()).Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n").Trim();
        return clean.Length == 0 ? WorkErrors.NoteEmpty : clean.Length > CallNote.TextMaxLength ? WorkErrors.NoteTooLong : null;
    }

    private static AuditNote NoteOf(string action, Guid callId, string callKey) => new(action, AuditSubjects.Call, callId.ToString("D"), callKey);

    private bool MayChange(CallNote note) =>
        caller.May(Permissions.Calls.Annotate) && note.AuthorId is { } author && author == caller.UserId && Now < note.CreatedAtUtc + CallNote.EditTime;

    private bool MayDelete(CallNote note) => MayChange(note) || (caller.May(Permissions.Calls.Annotate) && caller.May(Permissions.Calls.ViewAll));

    private async Task<Result<T>> RunAsync<T>(Guid noteId, Func<CallCenterDbContext, CallNote, string, Result<T>> act, CancellationToken cancellationToken)
    {
        Guid? callId;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            callId = await db.Set<CallNote>().Where(note => note.Id == noteId).Select(note => (Guid?)note.CallId).SingleOrDefaultAsync(cancellationToken);
        }

        if (callId is not { } found)
        {
            return caller.May(Permissions.Calls.Annotate) ? WorkErrors.NoteNotFound : AccessErrors.Denied;
        }

        return await writing.RunAsync<T>(found, async (db, key) =>
            await db.Set<CallNote>().SingleOrDefaultAsync(note => note.Id == noteId && note.CallId == found, cancellationToken) is { } note
                ? act(db, note, key)
                : WorkErrors.NoteNotFound, cancellationToken);
    }
}
