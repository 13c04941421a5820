using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Telephony.Probes;

public static class ProbesServiceCollectionExtensions
{
    /// <summary>The probes of the connection doctor. They keep no state, look no name up and judge no address.</summary>
    public static IServiceCollection AddProbes(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TcpProbe>();
        services.TryAddSingleton<TlsProbe>();
        services.TryAddSingleton<SipWebSocketProbe>();
        services.TryAddSingleton<StunProbe>();
        return services;
    }
}
