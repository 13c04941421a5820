using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Calls.Import;
using CallCenter.Infrastructure.Calls.Offsets;
using CallCenter.Infrastructure.Calls.Push;
using CallCenter.Infrastructure.Calls.Reading;
using CallCenter.Infrastructure.Calls.Sync;
using CallCenter.Infrastructure.Calls.Views;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

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
        services.TryAddSingleton(CallReadingRules.Default);
        services.TryAddScoped<CallSelections>();
        services.TryAddScoped<CallPages>();
        services.TryAddScoped<CallTotals>();
        services.TryAddScoped<CallStream>();
        services.TryAddScoped<CallWriter>();
        services.TryAddScoped<ICallWriter>(provider => provider.GetRequiredService<CallWriter>());
        services.TryAddScoped<CallRebuild>();
        services.TryAddScoped<IRawLegs, RawLegs>();
        services.TryAddScoped<IPbxOffsets, PbxOffsets>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ICallFollower, PbxOffsetFollower>());
        services.TryAddScoped<ICallImport, CallImport>();
        services.TryAddScoped<ICdrPush, CdrPushSettings>();
        services.TryAddSingleton<CdrPushLimits>();
        services.TryAddSingleton<ICdrPushReceiver, CdrPushReceiver>();
        services.TryAddScoped<ICallLog, CallLog>();
        services.TryAddScoped<ICallReaches, CallReaches>();
        services.TryAddScoped<ISavedViews, SavedViews>();
        services.TryAddScoped<ICallChoices, CallChoicesReader>();

        services.TryAddSingleton(CallSyncRules.Default);
        services.AddCallCenterNotices();
        services.TryAddSingleton<CallSyncRuns>();
        services.TryAddScoped<CdrSyncStates>();
        services.TryAddScoped<CallSyncEngine>();
        services.TryAddScoped<ICallSync, CallSync>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CallSyncReset>());
        services.AddTenantJob<CallRebuildJob>(CallRebuildJob.Name, CallRebuildJob.Interval);
        return services.AddTenantJob<CallSyncJob>(CallSyncRuns.JobName, CallSyncJob.Interval);
    }
}
