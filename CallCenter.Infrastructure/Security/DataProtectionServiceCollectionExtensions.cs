using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Security;

public static class DataProtectionServiceCollectionExtensions
{
    /// <summary>Data protection with keys in the database, encrypted with the key ring.</summary>
    public static IServiceCollection AddCallCenterDataProtection(this IServiceCollection services)
    {
        services.TryAddSingleton<DataProtectionKeyRepository>();
        services.TryAddSingleton<KeyRingXmlEncryptor>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGlobalStoredSecrets, DataProtectionStoredKeys>());
        services.AddDataProtection().SetApplicationName("CallCenter");
        services.AddOptions<KeyManagementOptions>().Configure<DataProtectionKeyRepository, KeyRingXmlEncryptor>((options, repository, encryptor) =>
        {
            options.XmlRepository = repository;
            options.XmlEncryptor = encryptor;
        });
        return services;
    }
}
