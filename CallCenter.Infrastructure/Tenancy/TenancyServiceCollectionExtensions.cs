using CallCenter.Core.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Tenancy;

public static class TenancyServiceCollectionExtensions
{
    /// <summary>Finding and administering tenants.</summary>
    public static IServiceCollection AddCallCenterTenancy(this IServiceCollection services)
    {
        services.TryAddScoped<ITenantDirectory, TenantDirectory>();
        services.TryAddScoped<ITenantAdministration, TenantAdministration>();
        return services;
    }
}
