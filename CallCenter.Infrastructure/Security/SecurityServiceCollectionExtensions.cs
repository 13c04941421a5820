using CallCenter.Core.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Security;

public static class SecurityServiceCollectionExtensions
{
    /// <summary>Outbound address policy and key ring.</summary>
    public static IServiceCollection AddCallCenterSecurity(this IServiceCollection services)
    {
        services.AddOptions<OutboundOptions>().BindConfiguration(OutboundOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutboundOptions>, OutboundOptionsValidator>());
        services.TryAddSingleton<INameResolver, NameResolver>();
        services.TryAddSingleton<IOutboundPolicy, OutboundPolicy>();

        services.AddOptions<SecretsOptions>().BindConfiguration(SecretsOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SecretsOptions>, SecretsOptionsValidator>());
        services.TryAddSingleton<SecretProtector>();
        services.TryAddSingleton<ISecretProtector>(provider => provider.GetRequiredService<SecretProtector>());
        services.TryAddSingleton<ISecretMaintenance, SecretMaintenance>();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
