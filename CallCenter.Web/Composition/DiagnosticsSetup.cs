using System.Diagnostics;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Diagnostics;

namespace CallCenter.Web.Composition;

internal static class DiagnosticsSetup
{
    /// <summary>Outermost: numbers each request and writes its one line in the log, also when it fails.</summary>
    public static void UsePortalDiagnostics(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("CallCenter.Web.Requests");
        app.Use(async (context, next) =>
        {
            using var scope = logger.BeginScope(new Dictionary<string, object?> { [Correlation.Property] = Correlation.Of(context) });
            var started = Stopwatch.GetTimestamp();
            try
            {
                await next(context);
            }
            finally
            {
                // Method, path, answer and time. No query and no headers: people search for phone numbers. Files only when asked for.
                var level = IsFile(context) ? LogLevel.Debug : LogLevel.Information;
                logger.Log(
                    level,
                    "{Method} {Path} {Status} in {Milliseconds} ms",
                    context.Request.Method,
                    CdrPushEndpoints.WithoutSecret(context.Request.Path.Value),
                    context.Response.StatusCode,
                    (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        });
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

    private static bool IsFile(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is not null;
}
