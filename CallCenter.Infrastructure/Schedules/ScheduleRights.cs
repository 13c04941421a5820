using CallCenter.Core.Audit;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Schedules;
using CallCenter.Core.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Schedules;

/// <summary>What an owner must be allowed, now and at each run.</summary>
internal static class ScheduleRights
{
    public static readonly IReadOnlyList<string> Needed = [Permissions.Reports.Schedule, Permissions.Reports.Export, Permissions.Reports.View];

    /// <summary>Gives a scope the rights that the owner has now.</summary>
    /// <returns>Success, or <see cref="ScheduleErrors.OwnerLostRights"/>.</returns>
    public static async Task<Result> EnterAsync(IServiceProvider services, TenantInfo tenant, Guid ownerId, string ownerName, CancellationToken cancellationToken)
    {
        var scope = services.GetRequiredService<ScopeContext>();
        var access = await services.GetRequiredService<ITenantDirectory>().ResolveAsync(ownerId, tenant.Slug, cancellationToken);
        if (access.Error is not null || access.Value.Tenant.Id != tenant.Id)
        {
            return ScheduleErrors.OwnerLostRights;
        }

        scope.SignIn(ownerId, ownerName, isPlatformAdministrator: false, remoteAddress: null);
        scope.EnterTenant(access.Value.Tenant, access.Value.Role);
        return Needed.All(scope.May) ? Result.Success : ScheduleErrors.OwnerLostRights;
    }

    public static AuditValues ToAudit(ReportSchedule schedule) => new()
    {
        ["report"] = schedule.Report,
        ["selection"] = schedule.Filter,
        ["exportFormat"] = schedule.Format,
        ["rhythm"] = schedule.Rhythm,
        ["timeOfDay"] = ScheduleTime.Write(schedule.Time),
        ["recipients"] = MailAddresses.Split(schedule.Recipients).Count,
        ["attachFile"] = schedule.AttachFile,
        ["state"] = schedule.State,
        ["stopReason"] = schedule.StopReason,
    };
}
