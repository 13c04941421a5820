using CallCenter.Web.Commands;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;

namespace CallCenter.Web.Composition;

/// <summary>Builds the host so that it runs alike from the project, from bin and from a published folder, started from anywhere.</summary>
internal static class PortalHost
{
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });

        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);

        // Built output has no wwwroot of its own: the manifest beside the assembly says where the files are. The framework
        // reads it in Development only; published output has no manifest and needs none.
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, "CallCenter.Web.staticwebassets.runtime.json")))
        {
            StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        }

        return builder;
    }

    /// <summary>Serves until it is told to stop.</summary>
    /// <returns>Code to exit with.</returns>
    public static async Task<int> ServeAsync(WebApplication app)
    {
        try
        {
            await app.RunAsync();
            return (int)ExitCode.Success;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return (int)PortalCommands.Complain(
                $"{exception.Message}\nStop what listens there, or choose another address with ASPNETCORE_URLS or --urls.", ExitCode.Configuration);
        }
    }
}
