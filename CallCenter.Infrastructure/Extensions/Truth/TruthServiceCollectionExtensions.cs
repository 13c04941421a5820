using CallCenter.Core.Extensions;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Extensions.Truth;

public static class TruthServiceCollectionExtensions
{
    /// <summary>What the PBX has: registration states and their history, and the comparison with what is wanted here.</summary>
    public static IServiceCollection AddCallCenterExtensionTruth(this IServiceCollection services)
    {
        services.AddOptions<TruthOptions>().BindConfiguration(TruthOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TruthOptions>, TruthOptionsValidator>());
        services.TryAddScoped<ExtensionStateWriter>();
        services.TryAddScoped<ExtensionStates>();
        services.TryAddScoped<ExtensionReader>();
        services.TryAddScoped<ExtensionSettling>();
        services.TryAddScoped<ExtensionAdoption>();
        services.TryAddScoped<IExtensionComparison, ExtensionComparison>();
        return services.AddTenantJob<ExtensionStatesJob>(ExtensionStatesJob.JobName, ExtensionStatesJob.Interval);
    }
}
