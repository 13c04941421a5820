using CallCenter.Core.Primitives;
using CallCenter.Core.Schedules;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Schedules;

/// <summary>Starts schedules that are due and ends runs whose file is made. Without a lease: each start and each end is one statement's decision.</summary>
internal sealed class ScheduleJob(TenantJobTools tools, ScheduleStarter starter, ScheduleFinisher finisher, TimeProvider time) : TenantJob(tools)
{
    public const string JobName = "report-schedules";

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan KeepRunsFor = TimeSpan.FromDays(400);

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var due = await db.Set<ReportSchedule>()
            .Where(s => s.State == ScheduleState.Active && s.NextRunUtc != null && (s.NextRunUtc <= now || s.TimeZoneId != tenant.TimeZoneId))
            .OrderBy(s => s.NextRunUtc).Select(s => s.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in due)
        {
            await starter.StartAsync(tenant, id, isManual: false, cancellationToken);
        }

        await finisher.RunAsync(db, tenant, cancellationToken);
        if (due.Count > 0)
        {
            var old = now - KeepRunsFor;
            await db.Set<ScheduleRun>().Where(r => r.FinishedAtUtc < old).ExecuteDeleteAsync(cancellationToken);
        }

        return Result.Success;
    }
}
