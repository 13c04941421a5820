using CallCenter.Core.Calls;
using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Recordings.Pauses;

/// <summary>Finds the call of a mark among the stored ones.</summary>
internal static class PauseLinker
{
    // More calls of one extension about one time than any agent has.
    private const int MostCandidates = 60;

    public static async Task<Guid?> FindAsync(CallCenterDbContext db, Guid pbxId, string extension, DateTime fromUtc, CancellationToken cancellationToken)
    {
        var (until, endsAfter) = (fromUtc + PauseLink.Slack, fromUtc - PauseLink.Slack);
        var candidates = await (
            from part in db.Set<CallParticipant>()
            join call in db.Set<Call>() on part.CallId equals call.Id
            where part.Extension == extension && part.StartedAtUtc <= until && call.PbxId == pbxId && call.EndedAtUtc >= endsAfter
            orderby part.StartedAtUtc descending
            select new PauseCandidate(call.Id, call.StartedAtUtc, call.EndedAtUtc, part.Part)).Take(MostCandidates).ToListAsync(cancellationToken);
        return PauseLink.Find(fromUtc, candidates);
    }

    /// <summary>Ties those of the marks whose call is stored.</summary>
    public static async Task LinkAsync(CallCenterDbContext db, IReadOnlyList<RecordingPause> marks, CancellationToken cancellationToken)
    {
        foreach (var mark in marks)
        {
            if (await FindAsync(db, mark.PbxId, mark.Extension, mark.FromUtc, cancellationToken) is { } callId)
            {
                // Set-based: the mark may be ended or removed in this moment, and neither is in the way.
                await db.Set<RecordingPause>().Where(row => row.Id == mark.Id && row.CallId == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.CallId, callId), cancellationToken);
            }
        }
    }
}
