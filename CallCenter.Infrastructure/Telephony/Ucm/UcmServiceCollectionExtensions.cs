using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm.Accounts;
using CallCenter.Infrastructure.Telephony.Ucm.Recordings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Telephony.Ucm;

public static class UcmServiceCollectionExtensions
{
    /// <summary>The UCM adapter. Needs an <c>IOutboundPolicy</c> and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddUcm(this IServiceCollection services)
    {
        services.AddOptions<UcmOptions>().BindConfiguration(UcmOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<UcmOptions>, UcmOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IUcmGateway, UcmGateway>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICdrSource, UcmCdrSource>());
        services.TryAddSingleton<IPbxExtensions, UcmExtensions>();
        services.TryAddSingleton<IPbxGroups, UcmGroups>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPbxRecordings, UcmRecordings>());
        return services;
    }
}
