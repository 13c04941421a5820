using CallCenter.Core.Figures;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Figures;

public static class FiguresServiceCollectionExtensions
{
    /// <summary>Figures: sums beside the calls, reading them, proving them.</summary>
    public static IServiceCollection AddCallCenterFigures(this IServiceCollection services)
    {
        services.TryAddSingleton<IFigureText>(provider =>
            provider.GetRequiredService<ContextOptions>().Provider == DatabaseProvider.PostgreSQL ? new PostgreSqlFigureText() : new SqlServerFigureText());
        services.TryAddSingleton<FigureStore>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ICallFollower, FigureFollower>());
        services.TryAddScoped<FigureRecount>();
        services.TryAddScoped<FigureProving>();
        services.TryAddScoped<IFigureProofs>(provider => provider.GetRequiredService<FigureProving>());
        services.TryAddScoped<FigureReader>();
        services.TryAddScoped<IFigures>(provider => provider.GetRequiredService<FigureReader>());
        services.TryAddScoped<IDashboard, Dashboard>();
        return services.AddTenantJob<FigureRecountJob>(FigureRecountJob.Name, FigureRecountJob.Interval);
    }
}
