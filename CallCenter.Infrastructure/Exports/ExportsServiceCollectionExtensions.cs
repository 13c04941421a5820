using CallCenter.Core.Exports;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Notices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Exports;

public static class ExportsServiceCollectionExtensions
{
    /// <summary>Exports: the list, the work in the background and the files.</summary>
    public static IServiceCollection AddCallCenterExports(this IServiceCollection services)
    {
        services.AddCallCenterNotices();
        services.AddOptions<ExportOptions>().BindConfiguration(ExportOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ExportOptions>, ExportOptionsValidator>());
        services.TryAddSingleton<IExportWords, PlainExportWords>();
        services.TryAddSingleton<ExportStore>();
        services.TryAddSingleton<ExportQueue>();
        services.TryAddSingleton<ExportRunner>();
        services.TryAddScoped<IExports, ExportService>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IExportSource, CallExportSource>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ExportWorker>());
        return services.AddTenantJob<ExportJob>(ExportJob.JobName, ExportJob.Interval);
    }
}
