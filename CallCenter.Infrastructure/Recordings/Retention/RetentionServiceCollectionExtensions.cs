using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Recordings.Retention;

public static class RetentionServiceCollectionExtensions
{
    /// <summary>Legal holds and the deletion of recordings by age.</summary>
    public static IServiceCollection AddCallCenterRetention(this IServiceCollection services)
    {
        services.TryAddScoped<IRecordingHolds, RecordingHolds>();
        services.TryAddScoped<IRetention, RetentionService>();
        services.TryAddScoped<RecordingRemoval>();
        services.TryAddScoped<RetentionRunner>();
        services.TryAddSingleton<RetentionHours>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ICallFollower, HoldFollower>());
        return services.AddTenantJob<RetentionJob>(RetentionJob.Name, RetentionJob.Interval);
    }
}
