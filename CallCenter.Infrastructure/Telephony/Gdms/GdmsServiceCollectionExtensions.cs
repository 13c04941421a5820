using CallCenter.Core.Telephony.Gdms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Telephony.Gdms;

public static class GdmsServiceCollectionExtensions
{
    /// <summary>The GDMS adapter. Needs an <c>IOutboundPolicy</c>.</summary>
    public static IServiceCollection AddGdms(this IServiceCollection services)
    {
        services.AddOptions<GdmsOptions>().BindConfiguration(GdmsOptions.Section).ValidateDataAnnotations()
            .Validate(
                options => TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _),
                $"{GdmsOptions.Section}:{nameof(GdmsOptions.TimeZone)} must be the IANA name of a time zone, such as Etc/UTC.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GdmsAddresses>();
        services.TryAddSingleton<GdmsWaits>();
        services.TryAddSingleton<GdmsTimes>();
        services.TryAddSingleton<GdmsDeviceReader>();
        services.TryAddSingleton<GdmsTransport>();
        services.TryAddSingleton<GdmsTokens>();
        services.TryAddSingleton<GdmsClient>();
        services.TryAddSingleton<IGdmsDirectory, GdmsDirectory>();
        services.TryAddSingleton<IGdmsActs, GdmsActs>();
        return services;
    }
}
