using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Persistence;

public static class PersistenceServiceCollectionExtensions
{
    /// <summary>Name of the connection string.</summary>
    public const string ConnectionStringName = "CallCenter";

    public static IServiceCollection AddCallCenterPersistence(this IServiceCollection services)
    {
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(provider => new ContextOptions(
            provider.GetRequiredService<IOptions<DatabaseOptions>>().Value,
            provider.GetRequiredService<IConfiguration>().GetConnectionString(ConnectionStringName)
                ?? throw new InvalidOperationException($"ConnectionStrings:{ConnectionStringName} is not set."),
            provider.GetService<ILoggerFactory>(),
            provider.GetService<TimeProvider>()));
        services.TryAddScoped<IDbContextFactory<CallCenterDbContext>, ContextFactory>();

        // For ASP.NET Identity's stores only, which want a context of the scope; features use the factory.
        services.TryAddScoped(provider => provider.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContext());

        services.TryAddScoped<ScopeContext>();
        services.TryAddScoped<ITenantContext>(provider => provider.GetRequiredService<ScopeContext>());
        services.TryAddScoped<ICaller>(provider => provider.GetRequiredService<ScopeContext>());
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
