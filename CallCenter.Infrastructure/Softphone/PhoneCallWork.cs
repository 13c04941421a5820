using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>What is written about a call in the phone: on the phone's row while the PBX has not reported it, on the call from then on.</summary>
internal sealed class PhoneCallWork(
    IDbContextFactory<CallCenterDbContext> contexts, ICallWork work, IAuditTrail audit, ICaller caller, TimeProvider time)
{
    private const int Attempts = 5;

    public async Task<Result> SaveAsync(string id, string note, Guid? dispositionId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Extensions.Own) || !caller.May(Permissions.Calls.Annotate) || caller.UserId is not { } userId)
        {
            return AccessErrors.Denied;
        }

        // As the notes of calls do: half a surrogate and NUL cannot be stored.
        var clean = string.Concat(note.EnumerateRunes()).Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n").Trim();
        if (clean.Length > PhoneCall.NoteMaxLength)
        {
            return WorkErrors.NoteTooLong;
        }

        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await db.Set<PhoneCall>().SingleOrDefaultAsync(c => c.UserId == userId && c.ClientId == id, cancellationToken) is not { } call)
            {
                return PhoneErrors.CallNotFound;
            }

            if (await CheckAsync(db, call, clean, dispositionId, cancellationToken) is { } wrong)
            {
                return wrong;
            }

            var (noteBefore, wordBefore) = (call.Note, call.DispositionId);
            if (call.CallId is { } callId)
            {
                // On the call first: what failed there must not stand here.
                var written = await WriteAsync(callId, call, clean, dispositionId, cancellationToken);
                if (written.Error is { } error)
                {
                    return error;
                }

                call.NoteId = written.Value;
            }
            else
            {
                Audit(db, call, noteBefore, clean, wordBefore, dispositionId);
            }

            (call.Note, call.DispositionId, call.WorkAtUtc) = (clean, dispositionId, time.GetUtcNow().UtcDateTime);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return Result.Success;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // Joined or told of in this moment: it is now to be written elsewhere, or again.
            }
        }
    }

    private static async Task<Error?> CheckAsync(CallCenterDbContext db, PhoneCall call, string note, Guid? dispositionId, CancellationToken cancellationToken)
    {
        if (dispositionId is not { } chosen)
        {
            return null;
        }

        var entry = await db.Set<Disposition>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == chosen, cancellationToken);
        return entry is null || (!entry.Active && call.DispositionId != chosen) ? WorkErrors.DispositionUnknown
            : entry.NeedsNote && note.Length == 0 ? WorkErrors.DispositionNeedsNote : null;
    }

    private async Task<Result<Guid?>> WriteAsync(Guid callId, PhoneCall call, string note, Guid? dispositionId, CancellationToken cancellationToken)
    {
        var noteId = call.NoteId;
        if (note != call.Note)
        {
            var changed = await ChangeNoteAsync(callId, noteId, note, cancellationToken);
            if (changed.Error is { } wrong)
            {
                return wrong;
            }

            noteId = changed.Value;
        }

        if (dispositionId != call.DispositionId && (await work.SetDispositionAsync(callId, dispositionId, null, cancellationToken)).Error is { } refused)
        {
            return refused;
        }

        return noteId;
    }

    /// <summary>Changes the note that came from the phone; where that is no longer possible, another one is written.</summary>
    private async Task<Result<Guid?>> ChangeNoteAsync(Guid callId, Guid? noteId, string note, CancellationToken cancellationToken)
    {
        var there = await work.ReadAsync(callId, cancellationToken);
        if (there.Error is { } error)
        {
            return error;
        }

        var mine = there.Value.Notes.SingleOrDefault(row => row.Id == noteId);
        if (note.Length == 0)
        {
            return mine is { MayDelete: true } && (await work.DeleteNoteAsync(mine.Id, cancellationToken)).Error is { } kept ? kept : (Guid?)null;
        }

        if (mine is { MayChange: true })
        {
            return (await work.ChangeNoteAsync(mine.Id, note, mine.Version, cancellationToken)).Error is { } late ? late : mine.Id;
        }

        var added = await work.AddNoteAsync(callId, note, cancellationToken);
        return added.Error is { } wrong ? wrong : added.Value;
    }

    private void Audit(CallCenterDbContext db, PhoneCall call, string noteBefore, string note, Guid? wordBefore, Guid? word)
    {
        if (noteBefore.Length == 0 && note.Length > 0)
        {
            audit.Append(db, Of(WorkAuditActions.NoteAdded));
        }
        else if (note.Length == 0 && noteBefore.Length > 0)
        {
            audit.Append(db, Of(WorkAuditActions.NoteDeleted));
        }

        if (wordBefore != word)
        {
            audit.Append(db, Of(WorkAuditActions.DispositionSet));
        }

        // The number of a caller must be erasable, so it does not stand here.
        AuditNote Of(string action) => new(action, AuditSubjects.PhoneCall, call.Id.ToString("D"), call.Extension);
    }
}
