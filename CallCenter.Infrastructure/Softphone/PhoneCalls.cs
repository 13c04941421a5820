using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

internal sealed class PhoneCalls(
    IDbContextFactory<CallCenterDbContext> contexts,
    PhoneCallStore store,
    PhoneCallKeeping keeping,
    PhoneCallWork work,
    ICallReaches reaches,
    TenantNotices notices,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time) : IPhoneCalls
{
    private const int MaxCount = 200;

    // A live call is told again before it counts as lost, and not with every snapshot.
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (PhoneCallReport Report, DateTimeOffset At)> _told = new(StringComparer.Ordinal);

    public async Task<Result> ReportAsync(IReadOnlyList<PhoneCallReport> live, CancellationToken cancellationToken = default)
    {
        if (Caller() is not { } userId)
        {
            return AccessErrors.Denied;
        }

        var now = time.GetUtcNow();
        var news = live.Where(report => report.Id.Length > 0 && (!_told.TryGetValue(report.Id, out var told) || told.Report != report || now - told.At >= Again))
            .DistinctBy(report => report.Id).ToList();
        if (news.Count == 0)
        {
            return Result.Success;
        }

        await store.ReportAsync(userId, news, cancellationToken);
        foreach (var gone in _told.Keys.Except(live.Select(report => report.Id)).ToList())
        {
            _told.Remove(gone);
        }

        news.ForEach(report => _told[report.Id] = (report, now));
        notices.Raise(NoticeTopic.PhoneCalls, tenant.TenantId);
        return Result.Success;
    }

    public async Task<Result<IReadOnlyList<string>>> EndAsync(IReadOnlyList<PhoneCallEnd> ended, CancellationToken cancellationToken = default)
    {
        if (Caller() is not { } userId)
        {
            return AccessErrors.Denied;
        }

        var news = ended.DistinctBy(end => end.Id).ToList();
        if (news.Count > 0)
        {
            foreach (var key in await store.EndAsync(userId, news, cancellationToken))
            {
                await keeping.JoinAsync(key, cancellationToken);
            }

            notices.Raise(NoticeTopic.PhoneCalls, tenant.TenantId);
        }

        return news.ConvertAll(end => end.Id);
    }

    public async Task<Result<IReadOnlyList<PhoneCallRow>>> ListOwnAsync(int count = 20, CancellationToken cancellationToken = default)
    {
        if (Caller() is not { } userId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Done(await db.Set<PhoneCall>().Where(c => c.UserId == userId).OrderByDescending(c => c.StartedAtUtc).ThenByDescending(c => c.Id)
            .Take(Math.Clamp(count, 1, MaxCount)).ToRowsAsync(db, caller, cancellationToken));
    }

    public async Task<Result<PhoneCallRow>> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        if (Caller() is not { } userId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<PhoneCall>().Where(c => c.UserId == userId && c.ClientId == id).ToRowsAsync(db, caller, cancellationToken) is [var row]
            ? row
            : PhoneErrors.CallNotFound;
    }

    public Task<Result> SaveWorkAsync(string id, string note, Guid? dispositionId, CancellationToken cancellationToken = default) =>
        work.SaveAsync(id, note, dispositionId, cancellationToken);

    public async Task<Result<IReadOnlyList<PhoneCallRow>>> ListOpenAsync(int count = 50, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        var reach = await reaches.ReadAsync(cancellationToken);
        var holders = reach.Holders.ToList();
        var since = time.GetUtcNow().UtcDateTime - PhoneCallKeeping.Expected;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = db.Set<PhoneCall>().Where(c => c.CallId == null
            && (c.FirstSeenAtUtc >= since || (c.State != PhoneCallState.Ended && c.State != PhoneCallState.Lost)));
        open = reach.All ? open : open.Where(c => EF.Parameter(holders).Contains(c.UserId));
        return Done(await open.OrderByDescending(c => c.StartedAtUtc).ThenByDescending(c => c.Id).Take(Math.Clamp(count, 1, MaxCount))
            .ToRowsAsync(db, caller, cancellationToken));
    }

    public async Task<Result<IReadOnlyList<PhoneCallRow>>> ListOfCallAsync(Guid callId, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        var reach = await reaches.ReadAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<Call>().Within(db, reach).AnyAsync(call => call.Id == callId, cancellationToken)
            ? Done(await db.Set<PhoneCall>().Where(c => c.CallId == callId).OrderBy(c => c.StartedAtUtc).ThenBy(c => c.Id).ToRowsAsync(db, caller, cancellationToken))
            : CallErrors.NotFound;
    }

    public IDisposable Subscribe(Func<Task> changed) => notices.Subscribe(NoticeTopic.PhoneCalls, tenant.TenantId, changed);

    // An interface does not convert by itself.
    private static Result<IReadOnlyList<PhoneCallRow>> Done(IReadOnlyList<PhoneCallRow> rows) => new List<PhoneCallRow>(rows);

    private Guid? Caller() => caller.May(Permissions.Extensions.Own) ? caller.UserId : null;
}

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
