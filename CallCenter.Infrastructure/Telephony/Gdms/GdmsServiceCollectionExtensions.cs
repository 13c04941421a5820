using CallCenter.Core.Telephony.Gdms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Telephony.Gdms;

public static class GdmsServiceCollectionExtensions
{
    /// <summary>The GDMS adapter. Needs an <c>IOutboundPolicy</c>.</summary>
    public static IServiceCollection AddGdms(this IServiceCollection services)
    {
        services.AddOptions<GdmsOptions>().BindConfiguration(GdmsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GdmsAddresses>();
        services.TryAddSingleton<GdmsTransport>();
        services.TryAddSingleton<GdmsTokens>();
        services.TryAddSingleton<GdmsClient>();
        services.TryAddSingleton<IGdmsDirectory, GdmsDirectory>();
        return services;
    }
}
