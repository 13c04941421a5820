using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Calls;

public static class CallsServiceCollectionExtensions
{
    /// <summary>Call history: storing, reading and syncing.</summary>
    public static IServiceCollection AddCallCenterCalls(this IServiceCollection services)
    {
        services.TryAddSingleton<ICallBulkWriter>(provider =>
            provider.GetRequiredService<ContextOptions>().Provider == DatabaseProvider.PostgreSQL
                ? new PostgreSqlCallBulkWriter()
                : new SqlServerCallBulkWriter());
        services.TryAddScoped<ICallWriter, CallWriter>();
        services.TryAddScoped<ICallLog, CallLog>();
        return services;
    }
}
