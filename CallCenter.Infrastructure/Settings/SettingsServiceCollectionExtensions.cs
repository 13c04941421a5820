using CallCenter.Core.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Settings;

public static class SettingsServiceCollectionExtensions
{
    /// <summary>Call-center settings and the directory of PBXs.</summary>
    public static IServiceCollection AddCallCenterSettings(this IServiceCollection services)
    {
        services.TryAddSingleton<PbxChangeNotices>();
        services.TryAddSingleton<IPbxChangeNotices>(provider => provider.GetRequiredService<PbxChangeNotices>());
        services.TryAddScoped<PbxDirectory>();
        services.TryAddScoped<IPbxDirectory>(provider => provider.GetRequiredService<PbxDirectory>());
        services.TryAddScoped<IGdmsConnections>(provider => provider.GetRequiredService<PbxDirectory>());
        services.TryAddScoped<ISettingsJournal, SettingsJournal>();
        services.TryAddScoped<PbxCardStore>();
        services.TryAddScoped<GdmsCardStore>();
        services.TryAddScoped<ExtensionCardStore>();
        services.TryAddScoped<RecordingCardStore>();
        services.TryAddScoped<ITenantSettings, TenantSettings>();
        return services;
    }
}
