using Serilog;

namespace CallCenter.Web.Composition;

/// <summary>Serilog behind <c>ILogger</c>, set up by the section <c>Serilog</c>.</summary>
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
    }
}
