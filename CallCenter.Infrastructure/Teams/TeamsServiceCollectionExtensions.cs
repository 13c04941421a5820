using CallCenter.Core.Teams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Teams;

public static class TeamsServiceCollectionExtensions
{
    /// <summary>Teams, which say whose calls supervisors see.</summary>
    public static IServiceCollection AddCallCenterTeams(this IServiceCollection services)
    {
        services.TryAddScoped<ITeams, TeamsService>();
        return services;
    }
}
