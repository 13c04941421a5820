using CallCenter.Core.Schedules;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Schedules;

public static class SchedulesServiceCollectionExtensions
{
    /// <summary>Reports that are made by themselves.</summary>
    public static IServiceCollection AddCallCenterSchedules(this IServiceCollection services)
    {
        services.AddCallCenterMail();
        services.TryAddSingleton<ScheduleStarter>();
        services.TryAddSingleton<ScheduleFinisher>();
        services.TryAddScoped<ScheduleMail>();
        services.TryAddScoped<IMailWriter, ScheduleMailWriter>();
        services.TryAddScoped<IReportSchedules, ScheduleService>();
        return services.AddTenantJob<ScheduleJob>(ScheduleJob.JobName, ScheduleJob.Interval);
    }
}
