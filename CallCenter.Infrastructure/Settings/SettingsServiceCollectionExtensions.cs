using CallCenter.Core.Settings;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Settings;

public static class SettingsServiceCollectionExtensions
{
    /// <summary>Call-center settings, the directory of PBXs, and the check that keeps their status.</summary>
    public static IServiceCollection AddCallCenterSettings(this IServiceCollection services)
    {
        services.TryAddSingleton<PbxChangeNotices>();
        services.TryAddSingleton<IPbxChangeNotices>(provider => provider.GetRequiredService<PbxChangeNotices>());
        services.TryAddScoped<PbxDirectory>();
        services.TryAddScoped<IPbxDirectory>(provider => provider.GetRequiredService<PbxDirectory>());
        services.TryAddScoped<IGdmsConnections>(provider => provider.GetRequiredService<PbxDirectory>());
        services.TryAddScoped<PbxCardStore>();
        services.TryAddScoped<GdmsCardStore>();
        services.TryAddScoped<ExtensionCardStore>();
        services.TryAddScoped<RecordingCardStore>();
        services.TryAddScoped<ITenantSettings, TenantSettings>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoredSecrets, SettingsStoredSecrets>());
        services.AddCallCenterNotices();
        services.TryAddScoped<ConnectionStatusStore>();
        services.TryAddScoped<ConnectionChecker>();
        services.TryAddScoped<IConnectionStatusFeed, ConnectionStatusFeed>();
        services.AddTenantJob<ConnectionCheckJob>("connection-check", TimeSpan.FromMinutes(1));
        return services;
    }
}
