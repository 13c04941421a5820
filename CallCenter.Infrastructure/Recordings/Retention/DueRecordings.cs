using CallCenter.Core.Calls;
using CallCenter.Core.Groups;
using CallCenter.Core.Recordings;
using CallCenter.Core.Settings;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Recordings.Retention;

/// <summary>Which recordings a rule means.</summary>
internal static class DueRecordings
{
    /// <summary>States in which age deletes: files of the store, and what was not fetched yet and need not be any more.</summary>
    public static readonly RecordingState[] Deletable = [RecordingState.Stored, RecordingState.Lost, RecordingState.Waiting, RecordingState.Failed];

    public static async Task<IReadOnlyList<RetentionRule>> RulesAsync(CallCenterDbContext db, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var tenantDays = await db.Set<RecordingPolicy>().Select(policy => policy.AutoDeleteDays).SingleOrDefaultAsync(cancellationToken);
        var queues = await db.Set<PbxGroup>()
            .Where(group => group.Kind == PbxGroupKind.Queue && group.RecordingDays != null)
            .Select(group => new { group.Number, Days = group.RecordingDays ?? 0 })
            .ToListAsync(cancellationToken);

        // Two PBXs may have a queue of one number; calls name the number only, so the longer time counts.
        var queueDays = queues.GroupBy(queue => queue.Number, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Max(queue => queue.Days), StringComparer.Ordinal);
        return RetentionRules.Of(tenantDays, queueDays, nowUtc);
    }

    /// <summary>Recordings that the rule deletes but for holds.</summary>
    public static IQueryable<Recording> Of(CallCenterDbContext db, RetentionRule rule)
    {
        var old = db.Set<Recording>().Where(recording => Deletable.Contains(recording.State) && recording.StartedAtUtc < rule.BeforeUtc);
        if (rule.Queues.Count > 0)
        {
            List<string> only = [.. rule.Queues];
            return old.Where(recording => db.Set<Call>().Any(call => call.Id == recording.CallId && EF.Parameter(only).Contains(call.Queue)));
        }

        if (rule.ExceptQueues.Count == 0)
        {
            return old;
        }

        List<string> except = [.. rule.ExceptQueues];
        return old.Where(recording => !db.Set<Call>().Any(call => call.Id == recording.CallId && EF.Parameter(except).Contains(call.Queue)));
    }

    public static IQueryable<Recording> Held(this IQueryable<Recording> recordings, CallCenterDbContext db) =>
        recordings.Where(recording => db.Set<CallHold>().Any(hold => hold.CallId == recording.CallId));

    public static IQueryable<Recording> NotHeld(this IQueryable<Recording> recordings, CallCenterDbContext db) =>
        recordings.Where(recording => !db.Set<CallHold>().Any(hold => hold.CallId == recording.CallId));
}
