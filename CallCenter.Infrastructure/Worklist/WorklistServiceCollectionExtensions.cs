using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Notices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Worklist;

public static class WorklistServiceCollectionExtensions
{
    /// <summary>Callers who gave up and wait to be called.</summary>
    public static IServiceCollection AddCallCenterWorklist(this IServiceCollection services)
    {
        services.AddCallCenterNotices();
        services.TryAddScoped<WorklistMaker>();
        services.TryAddScoped<WorklistReach>();
        services.TryAddScoped<WorklistQueries>();
        services.TryAddScoped<WorklistKeeping>();
        services.TryAddScoped<IWorklist, WorklistService>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ICallFollower, WorklistFollower>());
        return services.AddTenantJob<WorklistJob>(WorklistJob.Name, WorklistJob.Interval);
    }
}
