using CallCenter.Core.Operations;
using CallCenter.Core.Security;

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

    /// <summary>
    /// Refuses a key ring that can read nothing of what is stored. A portal that served with it would put keys for its cookies
    /// into the database that no other node can read.
    /// </summary>
    /// <returns>Null when all is well; what only some secrets suffer from is told and does not stop the others' work.</returns>
    public static async Task<ExitCode?> CheckKeyRingAsync(IServiceProvider services)
    {
        var stored = await services.GetRequiredService<ISecretMaintenance>().CheckStoredAsync();
        if (stored.Unreadable == 0)
        {
            return null;
        }

        PortalCommands.Complain($"Key ring: {Unreadable(stored)}", ExitCode.KeyRing);
        return stored.Unreadable == stored.Total ? ExitCode.KeyRing : null;
    }

    /// <returns>How many secrets cannot be read and which keys to look for.</returns>
    public static string Unreadable(StoredSecretsReport stored) =>
        $"{stored.Unreadable} of {stored.Total} stored secrets cannot be read; "
        + (stored.MissingKeyIds.Count > 0
            ? $"keys missing from Secrets:Keys: {string.Join(", ", stored.MissingKeyIds)}"
            : "their keys are there by name, but with another value than when they encrypted");

    /// <returns>What is wrong with the database and what to do; null when nothing is.</returns>
    public static string? Describe(DatabaseReport report) => report switch
    {
        { IsReachable: false } => $"The database cannot be reached: {report.Problem}\nCheck ConnectionStrings:CallCenter and Database:Provider.",
        { Pending.Count: > 0 } => $"The database is behind this version by {report.Pending.Count} migrations (first: {report.Pending[0]}). Back it up, then run: CallCenter.Web migrate",
        { Unknown.Count: > 0 } => $"The database belongs to a newer version (it has {report.Unknown[0]}). Install that version; this one must not write to it.",
        _ => null,
    };
}
