using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Core.Schedules;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Exports;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Schedules;

/// <summary>
/// Starts a run: the export, the run and the next due time in one transaction, which the schedule's version lets one node make. A node that dies
/// before it has started nothing; after it, the export is on the list and made by any node.
/// </summary>
internal sealed class ScheduleStarter(IServiceScopeFactory scopes, ExportQueue queue, TenantNotices notices, TimeProvider time)
{
    private const string JobName = "report-schedules";

    /// <summary>Starts it if it is (still) due, or because somebody asks. Success also when another node was faster.</summary>
    public async Task<Result> StartAsync(TenantInfo tenant, Guid scheduleId, bool isManual, CancellationToken cancellationToken)
    {
        await using var system = scopes.CreateAsyncScope();
        system.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, JobName);
        await using var db = await system.ServiceProvider.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync(cancellationToken);
        var schedule = await db.Set<ReportSchedule>().SingleOrDefaultAsync(s => s.Id == scheduleId, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(tenant.TimeZoneId);
        if (schedule is null)
        {
            return isManual ? ScheduleErrors.NotFound : Result.Success;
        }

        if (!isManual && schedule.State != ScheduleState.Active)
        {
            return Result.Success;
        }

        if (!isManual && schedule.TimeZoneId != zone.Id)
        {
            // The tenant moved: what was due by the old clock is due by the new one.
            schedule.Activate(now, zone);
            return await SaveAsync(db, tenant, cancellationToken);
        }

        if (!isManual && !(schedule.NextRunUtc <= now))
        {
            return Result.Success;
        }

        var (at, missed) = isManual ? (now, 0) : schedule.Plan.LastUntil(schedule.NextRunUtc!.Value, now, zone);
        await using var owner = scopes.CreateAsyncScope();
        var made = await ExportOfAsync(owner.ServiceProvider, tenant, schedule, at, now, zone, cancellationToken);
        if (made.Error is { } error)
        {
            return await StopAsync(system.ServiceProvider, db, schedule, tenant, error, isManual, cancellationToken);
        }

        db.Add(made.Value);
        db.Add(new ScheduleRun
        {
            ScheduleId = schedule.Id,
            DueAtUtc = at,
            IsManual = isManual,
            Missed = missed,
            ExportId = made.Value.Id,
            State = ScheduleRunState.Making,
            CreatedAtUtc = now,
        });
        if (!isManual)
        {
            schedule.NextRunUtc = schedule.Plan.NextAfter(now, zone);
        }

        var saved = await SaveAsync(db, tenant, cancellationToken);
        queue.Wake(tenant);
        return saved;
    }

    private static async Task<Result<Export>> ExportOfAsync(
        IServiceProvider services, TenantInfo tenant, ReportSchedule schedule, DateTime at, DateTime now, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        if (await ScheduleRights.EnterAsync(services, tenant, schedule.OwnerId, schedule.OwnerName, cancellationToken) is { Error: { } denied })
        {
            return denied;
        }

        // Days are counted from the day on which it was due, so that one that is late reports on what it was to report on.
        var range = CallFilterText.Write(new CallFilter { Range = schedule.Range });
        var filter = ExportFilterText.Write(range.Concat(ExportFilterText.Read(schedule.Filter)));
        var source = services.GetServices<IExportSource>().Single(candidate => candidate.Gives(ExportKind.Report));
        if (source.Freeze(schedule.Report, filter, LocalDay.Of(at, zone)) is not { Length: <= Export.FilterMaxLength } frozen)
        {
            return ScheduleErrors.ReportGone;
        }

        return new Export
        {
            OwnerId = schedule.OwnerId,
            OwnerName = schedule.OwnerName,
            Kind = ExportKind.Report,
            Format = schedule.Format,
            Filter = frozen,
            Columns = "",
            Report = schedule.Report,
            Subject = "",
            Language = schedule.Language,
            TimeZoneId = tenant.TimeZoneId,
            Reach = ExportReach.Write(await services.GetRequiredService<ICallReaches>().ReadAsync(cancellationToken)),
            State = ExportState.Queued,
            ScheduleId = schedule.Id,
            CreatedAtUtc = now,
        };
    }

    private async Task<Result> StopAsync(
        IServiceProvider services, CallCenterDbContext db, ReportSchedule schedule, TenantInfo tenant, Error reason, bool isManual, CancellationToken cancellationToken)
    {
        schedule.Halt(reason.Code);
        services.GetRequiredService<IAuditTrail>().Append(
            db, new AuditNote(ScheduleAuditActions.Stopped, AuditSubjects.Schedule, schedule.Id.ToString(), schedule.Name) { After = ScheduleRights.ToAudit(schedule) });
        await SaveAsync(db, tenant, cancellationToken);
        return isManual ? reason : Result.Success;
    }

    private async Task<Result> SaveAsync(CallCenterDbContext db, TenantInfo tenant, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            notices.Raise(NoticeTopic.Exports, tenant.Id);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another node started it, or somebody changed it; the next round looks again.
        }
        catch (DbUpdateException) when (db.ChangeTracker.Entries<ScheduleRun>().Select(entry => entry.Entity).SingleOrDefault() is { } run)
        {
            // The same, told by the index of due times. A real fault fails this look too, or finds nothing.
            db.ChangeTracker.Clear();
            if (!await db.Set<ScheduleRun>().AnyAsync(other => other.ScheduleId == run.ScheduleId && other.DueAtUtc == run.DueAtUtc, cancellationToken))
            {
                throw;
            }
        }

        return Result.Success;
    }
}
