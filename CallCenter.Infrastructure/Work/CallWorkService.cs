using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Work;

internal sealed class CallWorkService(
    IDbContextFactory<CallCenterDbContext> contexts,
    CallNotes notes,
    CallTags tags,
    CallWriting writing,
    ICallReaches reaches,
    IAuditTrail audit,
    ICaller caller,
    TimeProvider time) : ICallWork
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<CallWork>> ReadAsync(Guid callId, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        var reach = await reaches.ReadAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Set<Call>().Within(db, reach).AnyAsync(call => call.Id == callId, cancellationToken))
        {
            return CallErrors.NotFound;
        }

        var dispositions = await (
            from row in db.Set<CallDisposition>()
            join entry in db.Set<Disposition>() on row.DispositionId equals entry.Id
            where row.CallId == callId
            orderby row.IsLast descending, row.SetAtUtc descending
            select new { Entry = entry, Row = row }).AsNoTracking().ToListAsync(cancellationToken);
        return new CallWork(
            await notes.ReadAsync(db, callId, cancellationToken),
            await CallTags.ReadAsync(db, callId, cancellationToken),
            dispositions.ConvertAll(given => new CallDispositionRow(
                given.Entry.Id, given.Entry.NameEnglish, given.Entry.NameArabic, given.Row.UserName, given.Row.SetAtUtc,
                given.Row.IsLast, given.Row.UserId == caller.UserId)),
            caller.May(Permissions.Calls.Annotate));
    }

    public Task<Result<Guid>> AddNoteAsync(Guid callId, string text, CancellationToken cancellationToken = default) =>
        notes.AddAsync(callId, text, cancellationToken);

    public Task<Result> ChangeNoteAsync(Guid noteId, string text, int version, CancellationToken cancellationToken = default) =>
        notes.ChangeAsync(noteId, text, version, cancellationToken);

    public Task<Result<DeletedNote>> DeleteNoteAsync(Guid noteId, CancellationToken cancellationToken = default) =>
        notes.DeleteAsync(noteId, cancellationToken);

    public Task<Result> RestoreNoteAsync(DeletedNote note, CancellationToken cancellationToken = default) => notes.RestoreAsync(note, cancellationToken);

    public Task<Result> AddTagAsync(Guid callId, string text, CancellationToken cancellationToken = default) =>
        tags.AddAsync(callId, text, cancellationToken);

    public Task<Result> RemoveTagAsync(Guid callId, string key, CancellationToken cancellationToken = default) =>
        tags.RemoveAsync(callId, key, cancellationToken);

    public Task<Result<IReadOnlyList<CallTagRow>>> SuggestTagsAsync(string text, CancellationToken cancellationToken = default) =>
        tags.SuggestAsync(text, cancellationToken);

    public async Task<Result> SetDispositionAsync(Guid callId, Guid? dispositionId, string? note = null, CancellationToken cancellationToken = default)
    {
        if (caller.UserId is not { } userId)
        {
            return AccessErrors.Denied;
        }

        var result = await writing.RunAsync<Guid>(callId, (db, key) => SetAsync(db, callId, key, userId, dispositionId, note, cancellationToken), cancellationToken);
        return result.Error is { } error ? error : Result.Success;
    }

    private async Task<Result<Guid>> SetAsync(
        CallCenterDbContext db, Guid callId, string callKey, Guid userId, Guid? dispositionId, string? note, CancellationToken cancellationToken)
    {
        var rows = await db.Set<CallDisposition>().Where(row => row.CallId == callId).ToListAsync(cancellationToken);
        var mine = rows.SingleOrDefault(row => row.UserId == userId);
        var before = mine is null ? null : await NameAsync(db, mine.DispositionId, cancellationToken);
        string? after = null;
        if (dispositionId is { } id)
        {
            if (await db.Set<Disposition>().AsNoTracking().SingleOrDefaultAsync(entry => entry.Id == id, cancellationToken) is not { } entry
                || (!entry.Active && mine?.DispositionId != id))
            {
                return WorkErrors.DispositionUnknown;
            }

            if (!string.IsNullOrWhiteSpace(note))
            {
                var added = notes.Add(db, callId, callKey, note);
                if (added.Error is { } wrong)
                {
                    return wrong;
                }
            }
            else if (entry.NeedsNote && !await db.Set<CallNote>().AnyAsync(row => row.CallId == callId && row.AuthorId == userId, cancellationToken))
            {
                return WorkErrors.DispositionNeedsNote;
            }

            after = NameOf(entry);
            if (mine is null)
            {
                mine = new CallDisposition { CallId = callId, UserId = userId, UserName = "", DispositionId = id, SetAtUtc = Now, IsLast = true };
                db.Add(mine);
                rows.Add(mine);
            }

            (mine.DispositionId, mine.UserName, mine.SetAtUtc) = (id, CallNotes.Short(caller.Name), Now);
        }
        else if (mine is not null)
        {
            db.Remove(mine);
            rows.Remove(mine);
        }

        LastWord(rows);
        if (before != after)
        {
            audit.Append(db, new AuditNote(WorkAuditActions.DispositionSet, AuditSubjects.Call, callId.ToString("D"), callKey)
            {
                Before = before is null ? null : new AuditValues { ["disposition"] = before },
                After = after is null ? null : new AuditValues { ["disposition"] = after },
            });
        }

        return callId;
    }

    /// <summary>Marks the last of the words on one call; of two at the same time that of the greater key, so that every order gives the same.</summary>
    internal static void LastWord(IReadOnlyCollection<CallDisposition> rows)
    {
        var last = rows.OrderBy(row => row.SetAtUtc).ThenBy(row => row.UserId).LastOrDefault();
        foreach (var row in rows)
        {
            row.IsLast = row == last;
        }
    }

    internal static string NameOf(Disposition entry) => entry.NameEnglish.Length > 0 ? entry.NameEnglish : entry.NameArabic;

    private static async Task<string?> NameAsync(CallCenterDbContext db, Guid id, CancellationToken cancellationToken) =>
        await db.Set<Disposition>().AsNoTracking().SingleOrDefaultAsync(entry => entry.Id == id, cancellationToken) is { } entry ? NameOf(entry) : null;
}
