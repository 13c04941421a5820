using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Recordings.Retention;

internal sealed class RetentionService(
    IDbContextFactory<CallCenterDbContext> contexts, IAuditTrail audit, ICaller caller, TimeProvider time) : IRetention
{
    private const int MostRuns = 50;

    public async Task<Result<RetentionPreview>> PreviewAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Recordings.Retention))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rules = await DueRecordings.RulesAsync(db, time.GetUtcNow().UtcDateTime, cancellationToken);
        var due = new List<RetentionShare>();
        var held = 0;
        foreach (var rule in rules)
        {
            var old = DueRecordings.Of(db, rule);
            held += await old.Held(db).CountAsync(cancellationToken);
            due.AddRange(await SharesAsync(db, old.NotHeld(db), cancellationToken));
        }

        var unfinished = await db.Set<Recording>().CountAsync(recording => recording.State == RecordingState.Deleting, cancellationToken);
        return new RetentionPreview(
            rules, [.. due.OrderBy(share => share.Month).ThenBy(share => share.Queue, StringComparer.Ordinal)], held, unfinished);
    }

    public async Task<Result<Guid>> RequestAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Recordings.Retention))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await db.Set<RetentionRun>()
            .Where(run => run.State == RetentionRunState.Queued || run.State == RetentionRunState.Running)
            .OrderBy(run => run.StartedAtUtc)
            .Select(run => run.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (open != Guid.Empty)
        {
            return open;
        }

        var run = new RetentionRun { StartedAtUtc = time.GetUtcNow().UtcDateTime, ByName = caller.Name, State = RetentionRunState.Queued };
        db.Add(run);
        audit.Append(db, new AuditNote(RetentionAuditActions.Requested, AuditSubjects.Recordings, run.Id.ToString(), ""));
        await db.SaveChangesAsync(cancellationToken);
        return run.Id;
    }

    public async Task<Result<IReadOnlyList<RetentionRun>>> ListRunsAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Recordings.Retention))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<RetentionRun>().AsNoTracking().OrderByDescending(run => run.StartedAtUtc).Take(MostRuns).ToListAsync(cancellationToken);
    }

    private static async Task<IEnumerable<RetentionShare>> SharesAsync(
        CallCenterDbContext db, IQueryable<Recording> recordings, CancellationToken cancellationToken)
    {
        var shares = await recordings
            .Join(db.Set<Call>(), recording => recording.CallId, call => call.Id, (recording, call) => new { recording, call.Queue })
            .GroupBy(row => new { row.recording.StartedAtUtc.Year, row.recording.StartedAtUtc.Month, row.Queue })
            .Select(same => new
            {
                same.Key,
                Recordings = same.Count(),
                Stored = same.Count(row => row.recording.StoreKey != ""),
                Seconds = same.Sum(row => (long)row.recording.DurationSeconds),
                Bytes = same.Sum(row => row.recording.SizeBytes),
            })
            .ToListAsync(cancellationToken);
        return shares.Select(share => new RetentionShare(
            new DateOnly(share.Key.Year, share.Key.Month, 1), share.Key.Queue, share.Recordings, share.Stored, share.Seconds, share.Bytes));
    }
}
