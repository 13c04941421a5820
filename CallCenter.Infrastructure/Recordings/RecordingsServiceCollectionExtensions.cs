using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Recordings.Fetch;
using CallCenter.Infrastructure.Recordings.Pauses;
using CallCenter.Infrastructure.Recordings.Store;
using CallCenter.Infrastructure.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Recordings;

public static class RecordingsServiceCollectionExtensions
{
    /// <summary>Recordings: the store, and the rows that follow the calls.</summary>
    public static IServiceCollection AddCallCenterRecordings(this IServiceCollection services)
    {
        services.AddOptions<RecordingStoreOptions>().BindConfiguration(RecordingStoreOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<StoreDisk>();
        services.TryAddSingleton<FolderRecordingStore>();
        services.TryAddSingleton<IRecordingStore>(provider => provider.GetRequiredService<FolderRecordingStore>());
        services.TryAddSingleton<IRecordingStoreUpkeep>(provider => provider.GetRequiredService<FolderRecordingStore>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ICallFollower, RecordingFollower>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoredSecrets, RecordingStoredSecrets>());
        services.AddOptions<RecordingFetchOptions>().BindConfiguration(RecordingStoreOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddScoped<RecordingFetch>();
        services.TryAddScoped<RecordingQueue>();
        services.TryAddSingleton<Listening>();
        services.TryAddScoped<IRecordings, RecordingService>();
        services.TryAddScoped<RecordingFollower>();
        services.TryAddScoped<RecordingBackfill>();
        services.TryAddSingleton<RecordingBackfillPlaces>();
        services.TryAddScoped<PauseMarks>();
        services.TryAddScoped<IRecordingPauses, RecordingPauses>();
        services.TryAddSingleton<IRecordingPauseReceiver, RecordingPauseReceiver>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ICallFollower, RecordingPauseFollower>());
        services.AddTenantJob<RecordingPauseJob>(RecordingPauseJob.Name, RecordingPauseJob.Interval);
        services.AddTenantJob<RecordingBackfillJob>(RecordingBackfillJob.Name, RecordingBackfillJob.Interval);
        return services.AddTenantJob<RecordingFetchJob>(RecordingFetchJob.Name, RecordingFetchJob.Interval);
    }
}
