using CallCenter.Core.Audit;
using CallCenter.Core.Exports;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Reports;
using CallCenter.Core.Schedules;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Mail;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Schedules;

internal sealed class ScheduleService(
    IDbContextFactory<CallCenterDbContext> contexts, ScheduleStarter starter, MailRecipients recipients, IAuditTrail audit, TenantNotices notices, ITenantContext tenant, ICaller caller, TimeProvider time)
    : IReportSchedules
{
    private static readonly ScheduleFormValidator Validator = new();

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId);

    private bool IsDenied => !ScheduleRights.Needed.All(caller.May) || caller.UserId is null;

    public async Task<Result<IReadOnlyList<ScheduleRow>>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (IsDenied)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var schedules = await Visible(db).AsNoTracking().OrderBy(s => s.Name).ThenBy(s => s.Id).ToListAsync(cancellationToken);
        var last = await ScheduleRuns.LastOfAsync(db, [.. schedules.Select(s => s.Id)], cancellationToken);
        return schedules.ConvertAll(s => new ScheduleRow(
            s.Id, s.Name, s.Report, s.Filter, s.Range, s.Format, s.Language, s.Plan, MailAddresses.Split(s.Recipients), s.AttachFile, s.OwnerName, s.OwnerId == caller.UserId, s.State, s.StopReason, s.NextRunUtc,
            last.GetValueOrDefault(s.Id), s.Version));
    }

    public async Task<Result<Guid>> CreateAsync(ScheduleForm form, CancellationToken cancellationToken = default)
    {
        if (IsDenied)
        {
            return AccessErrors.Denied;
        }

        if (await CheckAsync(form, cancellationToken) is { } wrong)
        {
            return wrong;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<ReportSchedule>().CountAsync(cancellationToken) >= ReportSchedule.MaxPerTenant)
        {
            return ScheduleErrors.TooMany;
        }

        var schedule = new ReportSchedule
        {
            Name = "",
            OwnerId = caller.UserId!.Value,
            OwnerName = "",
            Report = "",
            Filter = "",
            Range = form.Range,
            Format = form.Format,
            Language = "en",
            Rhythm = form.Rhythm,
            Weekday = form.Weekday,
            MonthDay = 1,
            Time = default,
            Recipients = "",
            AttachFile = form.AttachFile,
            TimeZoneId = "",
            CreatedAtUtc = Now,
        };
        Apply(form, schedule);
        schedule.Activate(Now, Zone);
        db.Add(schedule);
        Note(db, ScheduleAuditActions.Created, schedule);
        await db.SaveChangesAsync(cancellationToken);
        Raise();
        return schedule.Id;
    }

    public async Task<Result> ChangeAsync(Guid id, ScheduleForm form, int version, CancellationToken cancellationToken = default)
    {
        if (IsDenied)
        {
            return AccessErrors.Denied;
        }

        if (await CheckAsync(form, cancellationToken) is { } wrong)
        {
            return wrong;
        }

        return await ActAsync(id, ScheduleAuditActions.Changed, schedule =>
        {
            if (schedule.Version != version)
            {
                return ScheduleErrors.Conflict;
            }

            Apply(form, schedule);
            if (schedule.State != ScheduleState.Paused)
            {
                schedule.Activate(Now, Zone);
            }

            return Result.Success;
        }, cancellationToken);
    }

    public Task<Result> PauseAsync(Guid id, CancellationToken cancellationToken = default) => ActAsync(id, ScheduleAuditActions.Paused, schedule =>
    {
        schedule.Halt("");
        return Result.Success;
    }, cancellationToken);

    public Task<Result> ResumeAsync(Guid id, CancellationToken cancellationToken = default) => ActAsync(id, ScheduleAuditActions.Resumed, schedule =>
    {
        if (schedule.State == ScheduleState.Stopped)
        {
            return ScheduleErrors.OwnerLostRights;
        }

        schedule.Activate(Now, Zone);
        return Result.Success;
    }, cancellationToken);

    public async Task<Result> RunNowAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (IsDenied)
        {
            return AccessErrors.Denied;
        }

        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await Visible(db).AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } schedule)
            {
                return ScheduleErrors.NotFound;
            }

            if (await db.Set<ScheduleRun>().AnyAsync(r => r.ScheduleId == id && r.State == ScheduleRunState.Making, cancellationToken))
            {
                return ScheduleErrors.StillMaking;
            }

            Note(db, ScheduleAuditActions.RunNow, schedule);
            await db.SaveChangesAsync(cancellationToken);
        }

        return await starter.StartAsync(tenant.Tenant, id, isManual: true, cancellationToken);
    }

    public async Task<Result> DeleteAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (IsDenied)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Visible(db).SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } schedule)
        {
            return ScheduleErrors.NotFound;
        }

        db.RemoveRange(await db.Set<ScheduleRun>().Where(r => r.ScheduleId == id).ToListAsync(cancellationToken));
        db.Remove(schedule);
        Note(db, ScheduleAuditActions.Deleted, schedule);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ScheduleErrors.Conflict;
        }

        Raise();
        return Result.Success;
    }

    public async Task<Result<IReadOnlyList<ScheduleRunRow>>> ListRunsAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (IsDenied)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Visible(db).AnyAsync(s => s.Id == id, cancellationToken) ? Result(await ScheduleRuns.OfAsync(db, id, cancellationToken)) : ScheduleErrors.NotFound;

        static Result<IReadOnlyList<ScheduleRunRow>> Result(List<ScheduleRunRow> rows) => rows;
    }

    public async Task<bool> CanMailAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<MailConnection>().AnyAsync(cancellationToken);
    }

    public IDisposable Subscribe(Func<Task> changed) => notices.Subscribe(NoticeTopic.Exports, tenant.TenantId, changed);

    private IQueryable<ReportSchedule> Visible(CallCenterDbContext db)
    {
        var (all, userId) = (caller.May(Permissions.Calls.ViewAll), caller.UserId);
        return db.Set<ReportSchedule>().Where(s => all || s.OwnerId == userId);
    }

    private async Task<Result> ActAsync(Guid id, string action, Func<ReportSchedule, Result> act, CancellationToken cancellationToken)
    {
        if (IsDenied)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Visible(db).SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } schedule)
        {
            return ScheduleErrors.NotFound;
        }

        if (act(schedule) is { Error: { } error })
        {
            return error;
        }

        Note(db, action, schedule);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ScheduleErrors.Conflict;
        }

        Raise();
        return Result.Success;
    }

    private async Task<Error?> CheckAsync(ScheduleForm form, CancellationToken cancellationToken)
    {
        if (Validator.Validate(form).FirstError() is { } wrong)
        {
            return wrong;
        }

        var refused = await recipients.RefusedAsync(MailAddresses.Split(form.Recipients), cancellationToken);
        return refused.Count > 0 ? MailErrors.RecipientNotAllowed with { Field = nameof(ScheduleForm.Recipients) } : null;
    }

    private void Apply(ScheduleForm form, ReportSchedule schedule)
    {
        schedule.Name = form.Name.Trim();
        schedule.OwnerId = caller.UserId!.Value;
        schedule.OwnerName = caller.Name.Length <= Export.OwnerNameMaxLength ? caller.Name : caller.Name[..Export.OwnerNameMaxLength];
        schedule.Report = form.Report;
        schedule.Filter = WithoutDays(form.Filter);
        schedule.Range = form.Range;
        schedule.Format = form.Format;
        schedule.Language = form.Language == "ar" ? "ar" : "en";
        schedule.Rhythm = form.Rhythm;
        schedule.Weekday = form.Weekday;
        schedule.MonthDay = form.MonthDay is >= 1 and <= 31 ? form.MonthDay.Value : 1;
        schedule.Time = ScheduleTime.Read(form.Time)!.Value;
        schedule.Recipients = string.Join('\n', MailAddresses.Split(form.Recipients));
        schedule.AttachFile = form.AttachFile;
    }

    // Read as a report reads it, so that nothing is kept that it would not understand; the days come with each run.
    private string WithoutDays(string filter)
    {
        var given = ExportFilterText.Read(filter).GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        var ask = ReportAskText.Read(name => name is "range" or "from" or "to" ? null : given.GetValueOrDefault(name), LocalDay.Of(Now, Zone), Weekdays.FirstOf(tenant.Tenant.CountryCode));
        var written = ReportAskText.Write(ask).Where(pair => pair.Key is not ("range" or "from" or "to") && (pair.Key != "step" || given.ContainsKey("step")));
        return ExportFilterText.Write(written);
    }

    private void Note(CallCenterDbContext db, string action, ReportSchedule schedule) =>
        audit.Append(db, new AuditNote(action, AuditSubjects.Schedule, schedule.Id.ToString(), schedule.Name) { After = ScheduleRights.ToAudit(schedule) });

    private void Raise() => notices.Raise(NoticeTopic.Exports, tenant.TenantId);
}
