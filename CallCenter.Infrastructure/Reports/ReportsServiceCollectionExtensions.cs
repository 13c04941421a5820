using CallCenter.Core.Reports;
using CallCenter.Infrastructure.Exports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Reports;

public static class ReportsServiceCollectionExtensions
{
    /// <summary>Reports, and their export.</summary>
    public static IServiceCollection AddCallCenterReports(this IServiceCollection services)
    {
        services.TryAddScoped<RecordingReport>();
        services.TryAddScoped<QualityReport>();
        services.TryAddScoped<AbandonedReport>();
        services.TryAddScoped<IReports, ReportService>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IExportSource, ReportExportSource>());
        return services;
    }
}
