using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>What is shown of one call beyond its row.</summary>
internal static class CallDetails
{
    public static Task<List<AssembledParticipant>> PartsAsync(CallCenterDbContext db, Guid callId, CancellationToken cancellationToken) => db.Set<CallParticipant>()
        .Where(part => part.CallId == callId)
        .OrderBy(part => part.Extension)
        .Select(part => new AssembledParticipant(part.Extension, part.Part, part.Queue, part.Offers, part.RingSeconds, part.TalkSeconds))
        .ToListAsync(cancellationToken);

    public static Task<List<CallLegRow>> LegsAsync(CallCenterDbContext db, Guid callId, CancellationToken cancellationToken) => db.Set<CallLeg>()
        .Where(leg => leg.CallId == callId)
        .OrderBy(leg => leg.StartedAtUtc)
        .ThenBy(leg => leg.AccountId.Length)
        .ThenBy(leg => leg.AccountId)
        .Select(leg => new CallLegRow(
            leg.StartedAtUtc,
            leg.AnsweredAtUtc,
            leg.EndedAtUtc,
            leg.DurationSeconds,
            leg.BillableSeconds,
            leg.Disposition,
            leg.Action,
            leg.ActionTarget,
            leg.Source,
            leg.Destination,
            leg.AnsweredBy,
            leg.ReachedDevice,
            leg.LastApplication,
            leg.RecordingFiles != "")
        {
            LastData = leg.LastData,
            DestinationTrunk = leg.DestinationTrunk,
        })
        .ToListAsync(cancellationToken);
}
