using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Notices;

public static class NoticesServiceCollectionExtensions
{
    /// <summary>The hub through which services tell pages to read again.</summary>
    public static IServiceCollection AddCallCenterNotices(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TenantNotices>();
        return services;
    }
}
