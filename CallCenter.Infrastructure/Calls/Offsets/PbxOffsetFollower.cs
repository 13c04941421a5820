using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Offsets;

/// <summary>Keeps the offsets that the calls show. The writer holds the PBX, so nobody else changes its rows meanwhile.</summary>
internal sealed class PbxOffsetFollower : ICallFollower
{
    public async Task FollowAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken)
    {
        List<OffsetSpans.Sighting> seen = [];
        foreach (var change in changes.Changes)
        {
            if (change.Assembled is { } call && OffsetSpans.Of(call.Legs[0]) is { } sighting)
            {
                seen.Add(sighting);
            }
        }

        if (seen.Count == 0)
        {
            return;
        }

        var rows = await db.Set<PbxOffset>().Where(offset => offset.PbxId == changes.PbxId).OrderBy(offset => offset.FirstSeenUtc).ToListAsync(cancellationToken);
        var spans = OffsetSpans.Merge(rows.Select(row => (row.FirstSeenUtc, row.LastSeenUtc, row.OffsetMinutes)), seen);
        var unchanged = rows.Where(row => spans.Exists(span => span.FirstUtc == row.FirstSeenUtc && span.OffsetMinutes == row.OffsetMinutes))
            .ToDictionary(row => row.FirstSeenUtc);
        db.RemoveRange(rows.Where(row => !unchanged.ContainsKey(row.FirstSeenUtc)));
        foreach (var (first, last, minutes) in spans)
        {
            if (unchanged.TryGetValue(first, out var row))
            {
                row.LastSeenUtc = last;
            }
            else
            {
                db.Add(new PbxOffset { TenantId = changes.TenantId, PbxId = changes.PbxId, FirstSeenUtc = first, LastSeenUtc = last, OffsetMinutes = minutes });
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var row in db.ChangeTracker.Entries<PbxOffset>().ToList())
        {
            row.State = EntityState.Detached;
        }
    }
}
