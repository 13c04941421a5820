using CallCenter.Core.Tenancy;
using CallCenter.Web.Diagnostics;

namespace CallCenter.Web.Composition;

internal static class DiagnosticsSetup
{
    /// <summary>Outermost: numbers each request and writes its line in the log, also when it fails.</summary>
    public static void UsePortalDiagnostics(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            var logger = context.RequestServices.GetRequiredService<ILogger<Program>>();
            using (logger.BeginScope(new Dictionary<string, object?> { [Correlation.Property] = Correlation.Of(context) }))
            {
                await next(context);
            }
        });
        app.UseHttpLogging();
    }

    /// <summary>Inner: once it is known who asks, adds tenant and user.</summary>
    public static void UseCallerInLog(this WebApplication app) => app.Use(async (context, next) =>
    {
        var scope = context.RequestServices.GetRequiredService<ScopeContext>();
        var logger = context.RequestServices.GetRequiredService<ILogger<Program>>();
        using (LogScope.Begin(logger, Correlation.Of(context), scope))
        {
            await next(context);
        }
    });
}
