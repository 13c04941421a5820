using CallCenter.Core.Operations;
using CallCenter.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Operations;

public static class OperationsServiceCollectionExtensions
{
    /// <summary>What operators and health checks need.</summary>
    public static IServiceCollection AddCallCenterOperations(this IServiceCollection services)
    {
        services.AddCallCenterPersistence();
        services.TryAddSingleton<IDatabaseMaintenance, DatabaseMaintenance>();
        return services;
    }
}
