using CallCenter.Core.Mail;
using CallCenter.Core.Schedules;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Schedules;

/// <summary>Runs as they are listed, with what became of their mails.</summary>
internal static class ScheduleRuns
{
    private const int ListCount = 20;

    public static async Task<List<ScheduleRunRow>> OfAsync(CallCenterDbContext db, Guid scheduleId, CancellationToken cancellationToken) =>
        await RowsAsync(db, await db.Set<ScheduleRun>().AsNoTracking().Where(r => r.ScheduleId == scheduleId).OrderByDescending(r => r.DueAtUtc).Take(ListCount).ToListAsync(cancellationToken), cancellationToken);

    public static async Task<Dictionary<Guid, ScheduleRunRow>> LastOfAsync(CallCenterDbContext db, IReadOnlyList<Guid> schedules, CancellationToken cancellationToken)
    {
        var keys = schedules.ToList();
        var last = await db.Set<ScheduleRun>().AsNoTracking()
            .Where(r => EF.Parameter(keys).Contains(r.ScheduleId) && r.DueAtUtc == db.Set<ScheduleRun>().Where(other => other.ScheduleId == r.ScheduleId).Max(other => other.DueAtUtc))
            .ToListAsync(cancellationToken);
        var rows = await RowsAsync(db, last, cancellationToken);
        return last.Zip(rows).ToDictionary(pair => pair.First.ScheduleId, pair => pair.Second);
    }

    private static async Task<List<ScheduleRunRow>> RowsAsync(CallCenterDbContext db, List<ScheduleRun> runs, CancellationToken cancellationToken)
    {
        var keys = runs.ConvertAll(run => run.Id);
        var mails = await db.Set<OutboxMail>()
            .Where(mail => EF.Parameter(keys).Contains(mail.SubjectId))
            .Select(mail => new { mail.SubjectId, mail.State, mail.Failure })
            .ToListAsync(cancellationToken);
        var byRun = mails.ToLookup(mail => mail.SubjectId);
        return runs.ConvertAll(run => new ScheduleRunRow(
            run.Id,
            run.DueAtUtc,
            run.IsManual,
            run.Missed,
            run.State,
            run.Failure,
            run.Refused,
            run.ExportId,
            byRun[run.Id].Count(mail => mail.State == MailState.Sent),
            byRun[run.Id].Count(mail => mail.State == MailState.Waiting),
            byRun[run.Id].Count(mail => mail.State == MailState.Failed),
            byRun[run.Id].Select(mail => mail.Failure).FirstOrDefault(failure => failure.Length > 0) ?? ""));
    }
}
