using CallCenter.Core.Softphone;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Softphone;

public static class PhoneServiceCollectionExtensions
{
    /// <summary>The phone in the page: session, settings, calls and directory.</summary>
    public static IServiceCollection AddCallCenterSoftphone(this IServiceCollection services)
    {
        services.TryAddSingleton<RealmProbe>();
        services.TryAddSingleton<PhoneRealms>();
        services.TryAddSingleton<PhoneSessionLimiter>();
        services.TryAddScoped<PhoneCardStore>();
        services.TryAddScoped<IPhoneSettings, PhoneSettingsService>();
        services.TryAddScoped<IPhoneSessions, PhoneSessions>();
        services.TryAddScoped<PhoneCallStore>();
        services.TryAddScoped<PhoneCallKeeping>();
        services.TryAddScoped<PhoneCallWork>();
        services.TryAddScoped<OpenPhoneCalls>();
        services.TryAddScoped<IPhoneCalls, PhoneCalls>();
        services.TryAddScoped<PhoneIdentities>();
        services.TryAddScoped<PhoneFavourites>();
        services.TryAddScoped<IPhoneDirectory, PhoneDirectory>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ICallFollower, PhoneCallFollower>());
        services.AddTenantJob<PhoneCallJob>(PhoneCallJob.Name, PhoneCallJob.Interval);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoredSecrets, PhoneStoredSecrets>());
        return services;
    }
}
