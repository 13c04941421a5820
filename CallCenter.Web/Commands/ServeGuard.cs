using CallCenter.Core.Operations;

namespace CallCenter.Web.Commands;

/// <summary>The portal never changes a schema by itself, and does not run on one that is not its own.</summary>
internal static class ServeGuard
{
    /// <returns>Null when all is well.</returns>
    public static async Task<ExitCode?> CheckAsync(IServiceProvider services)
    {
        var report = await services.GetRequiredService<IDatabaseMaintenance>().InspectAsync();
        return Describe(report) is { } problem ? PortalCommands.Complain(problem, ExitCode.Database) : null;
    }

    /// <returns>What is wrong with the database and what to do; null when nothing is.</returns>
    public static string? Describe(DatabaseReport report) => report switch
    {
        { IsReachable: false } => $"The database cannot be reached: {report.Problem}\nCheck ConnectionStrings:CallCenter and Database:Provider.",
        { Pending.Count: > 0 } => $"The database is behind this version by {report.Pending.Count} migrations (first: {report.Pending[0]}). Back it up, then run: CallCenter.Web migrate",
        { Unknown.Count: > 0 } => $"The database belongs to a newer version (it has {report.Unknown[0]}). Install that version; this one must not write to it.",
        _ => null,
    };
}
