using System.Data.Common;
using CallCenter.Core.Operations;

namespace CallCenter.Web.Commands;

internal static class MigrateCommand
{
    public static async Task<ExitCode> RunAsync(IServiceProvider services)
    {
        var database = services.GetRequiredService<IDatabaseMaintenance>();
        try
        {
            var applied = await database.MigrateAsync();
            return PortalCommands.Say(
                applied.Count == 0 ? "The database is up to date." : $"Applied {applied.Count}: {string.Join(", ", applied)}",
                ExitCode.Success);
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or ArgumentException or InvalidOperationException { InnerException: DbException })
        {
            return PortalCommands.Complain($"The database could not be migrated: {exception.GetBaseException().Message}", ExitCode.Database);
        }
    }
}
