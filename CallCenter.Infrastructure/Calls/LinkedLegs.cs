using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls;

/// <summary>Finds the stored legs that make one call with those of a batch: by unique id or session, and so on from what was found.</summary>
internal static class LinkedLegs
{
    // Shorter ones name no time, and the assembler does not join by them; some firmware repeats them without end.
    private const int ShortestSession = 10;

    public static async Task<Dictionary<LegKey, CallLeg>> ReadAsync(
        CallCenterDbContext db, Guid pbxId, IReadOnlyCollection<CallLeg> batch, CancellationToken cancellationToken)
    {
        var legs = db.Set<CallLeg>().AsNoTracking().Where(leg => leg.PbxId == pbxId);
        var found = new Dictionary<LegKey, CallLeg>();
        var uniqueIds = new HashSet<string>(StringComparer.Ordinal) { "" };
        var sessions = new HashSet<string>(StringComparer.Ordinal);

        // Legs without a unique id are linked to nothing by it, but may be there already.
        var accountIds = batch.Where(leg => leg.UniqueId.Length == 0).Select(leg => leg.AccountId).Distinct().ToList();
        var nameless = accountIds.Count == 0
            ? []
            : await WithoutRaw(legs.Where(leg => leg.UniqueId == "" && EF.Parameter(accountIds).Contains(leg.AccountId))).ToListAsync(cancellationToken);
        List<CallLeg> frontier = [.. batch, .. nameless.Where(leg => found.TryAdd(LegKey.Of(leg), leg))];
        while (true)
        {
            var newIds = frontier.Select(leg => leg.UniqueId).Where(uniqueIds.Add).ToList();
            var newSessions = frontier.Select(leg => leg.Session).Where(session => session.Length >= ShortestSession && sessions.Add(session)).ToList();
            frontier.Clear();

            // Two index searches; an OR of both would scan.
            if (newIds.Count > 0)
            {
                Add(await WithoutRaw(legs.Where(leg => EF.Parameter(newIds).Contains(leg.UniqueId))).ToListAsync(cancellationToken));
            }

            if (newSessions.Count > 0)
            {
                Add(await WithoutRaw(legs.Where(leg => EF.Parameter(newSessions).Contains(leg.Session))).ToListAsync(cancellationToken));
            }

            if (frontier.Count == 0)
            {
                return found;
            }
        }

        void Add(List<CallLeg> read) => frontier.AddRange(read.Where(leg => found.TryAdd(LegKey.Of(leg), leg)));
    }

    private static IQueryable<CallLeg> WithoutRaw(IQueryable<CallLeg> legs) => legs.Select(leg => new CallLeg
    {
        TenantId = leg.TenantId,
        PbxId = leg.PbxId,
        UniqueId = leg.UniqueId,
        AccountId = leg.AccountId,
        StartLocal = leg.StartLocal,
        CallId = leg.CallId,
        Session = leg.Session,
        StartedAtUtc = leg.StartedAtUtc,
        AnsweredAtUtc = leg.AnsweredAtUtc,
        EndedAtUtc = leg.EndedAtUtc,
        DurationSeconds = leg.DurationSeconds,
        BillableSeconds = leg.BillableSeconds,
        Disposition = leg.Disposition,
        Direction = leg.Direction,
        Action = leg.Action,
        ActionTarget = leg.ActionTarget,
        Source = leg.Source,
        Destination = leg.Destination,
        CallerName = leg.CallerName,
        AnsweredBy = leg.AnsweredBy,
        SourceDevice = leg.SourceDevice,
        DestinationDevice = leg.DestinationDevice,
        ReachedDevice = leg.ReachedDevice,
        LastApplication = leg.LastApplication,
        LastData = leg.LastData,
        SourceTrunk = leg.SourceTrunk,
        DestinationTrunk = leg.DestinationTrunk,
        RecordingFiles = leg.RecordingFiles,
        Raw = "",
        ContentHash = leg.ContentHash,
    });
}
