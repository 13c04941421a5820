using CallCenter.Core.Extensions;
using CallCenter.Infrastructure.Extensions.Following;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Extensions;

public static class ExtensionsServiceCollectionExtensions
{
    /// <summary>Extensions, and what makes the PBX follow.</summary>
    public static IServiceCollection AddCallCenterExtensions(this IServiceCollection services)
    {
        services.AddCallCenterNotices();
        services.AddOptions<FollowOptions>().BindConfiguration(FollowOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FollowOptions>, FollowOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoredSecrets, ExtensionStoredSecrets>());

        services.TryAddSingleton<TakenNumbers>();
        services.TryAddScoped<IExtensionHoldings, ExtensionHoldings>();
        services.TryAddScoped<ExtensionQueries>();
        services.TryAddScoped<ExtensionCreation>();
        services.TryAddScoped<ExtensionActs>();
        services.TryAddScoped<IExtensions, ExtensionService>();
        services.TryAddSingleton<MyPhoneCalls>();
        services.TryAddScoped<IMyPhone, MyPhoneService>();
        services.TryAddScoped<BulkPreviews>();
        services.TryAddScoped<BulkStarts>();
        services.TryAddScoped<BulkRuns>();
        services.TryAddScoped<IExtensionBulk, ExtensionBulkService>();

        services.TryAddSingleton<Follower>();
        services.TryAddScoped<ApplyStates>();
        services.TryAddScoped<RowWriter>();
        services.TryAddScoped<RowCompletion>();
        services.TryAddScoped<FollowPass>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FollowWorker>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ExtensionWatch>());
        return services.AddTenantJob<FollowJob>(Follower.JobName, FollowJob.Interval);
    }
}
