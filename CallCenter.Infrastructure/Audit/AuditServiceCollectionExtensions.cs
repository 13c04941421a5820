using CallCenter.Core.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Audit;

public static class AuditServiceCollectionExtensions
{
    /// <summary>Writing and reading the audit log.</summary>
    public static IServiceCollection AddCallCenterAudit(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<IAuditTrail, AuditTrail>();
        services.TryAddScoped<IAuditLog, AuditLog>();
        return services;
    }
}
