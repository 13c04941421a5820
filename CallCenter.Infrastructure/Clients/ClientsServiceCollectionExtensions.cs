using CallCenter.Core.Clients;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Clients;

public static class ClientsServiceCollectionExtensions
{
    /// <summary>The client book and the matching of calls with it.</summary>
    public static IServiceCollection AddCallCenterClients(this IServiceCollection services)
    {
        services.TryAddScoped<ClientMatching>();
        services.TryAddScoped<IClients, ClientBook>();
        services.TryAddScoped<IClientTransfer, ClientTransfer>();
        return services.AddTenantJob<ClientMatchingJob>(ClientMatchingJob.Name, ClientMatchingJob.Interval);
    }
}
