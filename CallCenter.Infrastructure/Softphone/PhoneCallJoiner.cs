using CallCenter.Core.Calls;
using CallCenter.Core.Softphone;
using CallCenter.Core.Work;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Work;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>Joins phones' calls with the PBX's, and moves along what was written on them. Within the caller's transaction.</summary>
internal static class PhoneCallJoiner
{
    // More calls of one extension about one time than any agent has.
    private const int MostCandidates = 60;
    private const int Attempts = 5;

    /// <summary>Joins those of the calls for which there is no doubt.</summary>
    /// <returns>How many were joined.</returns>
    public static async Task<int> JoinAsync(CallCenterDbContext db, IReadOnlyCollection<Guid> phoneCallIds, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryJoinAsync(db, phoneCallIds, cancellationToken);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // A circuit told something of the call in this moment: read it again. The transaction is whole, as nothing was changed.
                foreach (var entry in db.ChangeTracker.Entries().Where(e => e.Entity is PhoneCall or CallNote or CallDisposition).ToList())
                {
                    entry.State = EntityState.Detached;
                }
            }
        }
    }

    private static async Task<int> TryJoinAsync(CallCenterDbContext db, IReadOnlyCollection<Guid> phoneCallIds, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. phoneCallIds];
        var open = await db.Set<PhoneCall>().Where(c => EF.Parameter(ids).Contains(c.Id) && c.CallId == null)
            .OrderBy(c => c.StartedAtUtc).ThenBy(c => c.Id).ToListAsync(cancellationToken);
        var joined = 0;
        foreach (var call in open)
        {
            if (PhoneCallJoin.Find(call, await CandidatesAsync(db, call, cancellationToken), db.CurrentTenant.CountryCode) is { } callId)
            {
                call.CallId = callId;
                await MoveWorkAsync(db, call, callId, cancellationToken);

                // Saved one by one: the next may not take the same call.
                await db.SaveChangesAsync(cancellationToken);
                joined++;
            }
        }

        return joined;
    }

    private static async Task<List<JoinCandidate>> CandidatesAsync(CallCenterDbContext db, PhoneCall call, CancellationToken cancellationToken)
    {
        var (earliest, latest) = call.SeenLive && call.FirstSeenAtUtc < call.StartedAtUtc
            ? (call.FirstSeenAtUtc, call.StartedAtUtc)
            : (call.StartedAtUtc, call.SeenLive ? call.FirstSeenAtUtc : call.StartedAtUtc);
        var since = earliest - PhoneCallJoin.Window - (call.Direction == PhoneDirection.In ? PhoneCallJoin.LongestWait : TimeSpan.Zero);
        var (until, endsAfter) = (latest + PhoneCallJoin.Window, earliest - PhoneCallJoin.Window);
        var calls = await (
            from part in db.Set<CallParticipant>()
            join found in db.Set<Call>() on part.CallId equals found.Id
            where part.Extension == call.Extension && part.StartedAtUtc >= since && part.StartedAtUtc <= until
                && found.PbxId == call.PbxId && found.EndedAtUtc >= endsAfter
            orderby part.StartedAtUtc descending
            select new { found.Id, found.StartedAtUtc, found.EndedAtUtc, found.FromNumber }).Take(MostCandidates).ToListAsync(cancellationToken);
        if (calls.Count == 0)
        {
            return [];
        }

        var ids = calls.ConvertAll(found => found.Id);
        var legs = (await db.Set<CallLeg>().AsNoTracking().Where(leg => EF.Parameter(ids).Contains(leg.CallId)).ToListAsync(cancellationToken)).ToLookup(leg => leg.CallId);
        var taken = await db.Set<PhoneCall>().AsNoTracking()
            .Where(c => c.CallId != null && EF.Parameter(ids).Contains(c.CallId.Value) && c.Extension == call.Extension && c.Direction == PhoneDirection.Out && c.Id != call.Id)
            .Select(c => c.CallId).ToListAsync(cancellationToken);
        return calls.ConvertAll(found => new JoinCandidate(
            found.Id, found.StartedAtUtc, found.EndedAtUtc, found.FromNumber, taken.Contains(found.Id), [.. legs[found.Id].Select(leg => LegMapping.ToLeg(leg) with { Raw = leg.Raw })]));
    }

    /// <summary>Note and disposition of the phone become those of the call; the audit log has them since they were written.</summary>
    private static async Task MoveWorkAsync(CallCenterDbContext db, PhoneCall call, Guid callId, CancellationToken cancellationToken)
    {
        if (call.WorkAtUtc is not { } writtenAt)
        {
            return;
        }

        if (call.Note.Length > 0 && call.NoteId is null)
        {
            var note = new CallNote { CallId = callId, Text = call.Note, AuthorId = call.UserId, AuthorName = call.UserName, CreatedAtUtc = writtenAt };
            db.Add(note);
            call.NoteId = note.Id;
        }

        if (call.DispositionId is not { } dispositionId)
        {
            return;
        }

        var words = await db.Set<CallDisposition>().Where(word => word.CallId == callId).ToListAsync(cancellationToken);
        if (words.SingleOrDefault(word => word.UserId == call.UserId) is not { } mine)
        {
            mine = new CallDisposition
            {
                CallId = callId,
                UserId = call.UserId,
                UserName = call.UserName,
                DispositionId = dispositionId,
                SetAtUtc = writtenAt,
                IsLast = false,
            };
            db.Add(mine);
            words.Add(mine);
        }
        else if (writtenAt >= mine.SetAtUtc)
        {
            (mine.DispositionId, mine.UserName, mine.SetAtUtc) = (dispositionId, call.UserName, writtenAt);
        }

        CallWorkService.LastWord(words);
    }
}
