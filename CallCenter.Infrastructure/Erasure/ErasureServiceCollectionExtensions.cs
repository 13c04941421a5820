using CallCenter.Core.Erasure;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Erasure;

public static class ErasureServiceCollectionExtensions
{
    /// <summary>Erasing a number everywhere, and keeping it out.</summary>
    public static IServiceCollection AddCallCenterErasure(this IServiceCollection services)
    {
        services.TryAddSingleton<ErasedNumbers>();
        services.TryAddScoped<ErasedCalls>();
        services.TryAddScoped<ErasedExports>();
        services.TryAddScoped<ErasureSeals>();
        services.TryAddScoped<ErasureRunner>();
        services.TryAddScoped<ErasureSearch>();
        services.TryAddScoped<IErasures, ErasureService>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ICallFollower, ErasureFollower>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoredSecrets, ErasureStoredSecrets>());
        return services.AddTenantJob<ErasureJob>(ErasureJob.Name, ErasureJob.Interval);
    }
}
