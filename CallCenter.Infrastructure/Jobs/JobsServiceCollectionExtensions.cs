using CallCenter.Core.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quartz;

namespace CallCenter.Infrastructure.Jobs;

public static class JobsServiceCollectionExtensions
{
    /// <summary>The scheduler, leases, and what tenant jobs need. Runs nothing before a host starts.</summary>
    public static IServiceCollection AddCallCenterJobs(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(TenantJobTools)))
        {
            return services;
        }

        services.AddOptions<JobsOptions>().BindConfiguration(JobsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JobsOptions>, JobsOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<JobBackoff>();
        services.TryAddSingleton<ILeases, Leases>();
        services.AddSingleton<TenantJobTools>();
        services.AddQuartz(quartz => quartz
            .UseDefaultThreadPool(maxConcurrency: 8)

            // Quartz tells running jobs nothing by default; a sync of hours would hold the host until it is killed.
            .ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JobScheduling>());
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        return services;
    }

    /// <summary>Registers a tenant job. Calling it twice registers it once.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Permanent name, e.g. <c>cdr-sync</c>; also the key of <c>Jobs:Intervals</c>.</param>
    /// <param name="interval">How often it runs.</param>
    internal static IServiceCollection AddTenantJob<TJob>(this IServiceCollection services, string name, TimeSpan interval)
        where TJob : TenantJob
    {
        services.AddCallCenterJobs();
        if (services.All(service => service.ServiceType != typeof(TJob)))
        {
            services.AddTransient<TJob>();
            services.AddSingleton(new JobPlan(typeof(TJob), name, interval));
        }

        return services;
    }
}
