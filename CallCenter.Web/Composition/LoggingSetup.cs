using Microsoft.AspNetCore.HttpLogging;
using Serilog;

namespace CallCenter.Web.Composition;

/// <summary>Serilog behind <c>ILogger</c>, set up by the section <c>Serilog</c>; one line per request, without query or bodies.</summary>
internal static class LoggingSetup
{
    public static void AddPortalLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(
            new LoggerConfiguration()
                .ReadFrom.Configuration(builder.Configuration)
                .Enrich.FromLogContext()
                .CreateLogger(),
            dispose: true);

        // Queries carry numbers that people search for, so they stay out.
        builder.Services.AddHttpLogging(options =>
        {
            options.CombineLogs = true;
            options.LoggingFields = HttpLoggingFields.RequestMethod
                | HttpLoggingFields.RequestPath
                | HttpLoggingFields.ResponseStatusCode
                | HttpLoggingFields.Duration;
        });
    }
}
