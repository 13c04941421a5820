using CallCenter.Core.Tenancy;

namespace CallCenter.Web.Diagnostics;

/// <summary>What every log line of a request or circuit carries: keys only, never names, numbers or addresses.</summary>
internal static class LogScope
{
    public static IDisposable? Begin(ILogger logger, string correlation, ScopeContext scope) => logger.BeginScope(
        new Dictionary<string, object?>
        {
            [Correlation.Property] = correlation,
            ["TenantId"] = scope.HasTenant ? scope.TenantId : null,
            ["UserId"] = scope.UserId,
        });
}
