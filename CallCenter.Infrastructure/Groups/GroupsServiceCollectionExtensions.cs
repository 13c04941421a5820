using CallCenter.Core.Groups;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Groups;

public static class GroupsServiceCollectionExtensions
{
    /// <summary>Queues, ring groups and menus. Needs an <c>IPbxGroups</c>.</summary>
    public static IServiceCollection AddCallCenterGroups(this IServiceCollection services)
    {
        services.TryAddScoped<IGroups, GroupService>();
        services.TryAddScoped<GroupReading>();
        return services.AddTenantJob<GroupsJob>(GroupsJob.Name, GroupsJob.Interval);
    }
}
