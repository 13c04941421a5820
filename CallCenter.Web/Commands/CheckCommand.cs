using CallCenter.Core.Operations;
using CallCenter.Core.Security;
using Microsoft.Extensions.Options;

namespace CallCenter.Web.Commands;

/// <summary>Says of each thing the portal stands on whether it holds. Exits with the code of the first that does not.</summary>
internal static class CheckCommand
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);
    private static readonly string[] SampleZones = ["Europe/Dublin", "Asia/Riyadh"];

    public static async Task<ExitCode> RunAsync(IServiceProvider services)
    {
        var problems = SettingsCheck.Problems(services);
        var configuration = Configuration([.. problems.Where(problem => !SettingsCheck.IsOfKeyRing(problem))]);
        var results = new List<ExitCode> { configuration };

        // With a setting that cannot be read there may be no telling which database is meant.
        var database = configuration == ExitCode.Success ? await DatabaseAsync(services) : configuration;
        results.Add(database);
        results.Add(await KeyRingAsync(services, database == ExitCode.Success));
        results.Add(await TimeAsync(services, database == ExitCode.Success));
        return results.Find(result => result != ExitCode.Success);
    }

    private static ExitCode Configuration(List<string> problems) =>
        problems.Count > 0
            ? Bad("configuration", string.Join("\n                     ", problems), ExitCode.Configuration)
            : Good("configuration", "every setting is valid");

    private static async Task<ExitCode> DatabaseAsync(IServiceProvider services)
    {
        var report = await services.GetRequiredService<IDatabaseMaintenance>().InspectAsync();
        return ServeGuard.Describe(report) is { } problem
            ? Bad("database", problem, ExitCode.Database)
            : Good("database", "reachable and of this version");
    }

    private static async Task<ExitCode> KeyRingAsync(IServiceProvider services, bool withDatabase)
    {
        try
        {
            var secrets = services.GetRequiredService<ISecretMaintenance>();
            var ring = secrets.CheckKeyRing();
            if (ring.FailedKeyIds.Count > 0)
            {
                return Bad("key ring", $"these keys do not give back what they took: {string.Join(", ", ring.FailedKeyIds)}", ExitCode.KeyRing);
            }

            if (!withDatabase)
            {
                return Good("key ring", $"{ring.KeyIds.Count} keys, active: {ring.ActiveKey}; stored secrets were not looked at");
            }

            var stored = await secrets.CheckStoredAsync();
            return stored.Unreadable > 0
                ? Bad("key ring", ServeGuard.Unreadable(stored), ExitCode.KeyRing)
                : Good("key ring", $"{ring.KeyIds.Count} keys, active: {ring.ActiveKey}; {stored.Total} stored secrets, {stored.Outdated} under older keys");
        }
        catch (OptionsValidationException exception)
        {
            return Bad("key ring", string.Join("\n                     ", exception.Failures), ExitCode.KeyRing);
        }
    }

    private static async Task<ExitCode> TimeAsync(IServiceProvider services, bool withDatabase)
    {
        var missing = SampleZones.Where(zone => !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)).ToList();
        if (missing.Count > 0)
        {
            return Bad("time", $"this system does not know the time zone {missing[0]}; install tzdata", ExitCode.Time);
        }

        if (!withDatabase)
        {
            return Good("time", "zones are known; the database's clock was not compared");
        }

        var theirs = await services.GetRequiredService<IDatabaseMaintenance>().ReadClockAsync();
        var difference = (services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime - theirs).Duration();
        return difference > ClockTolerance
            ? Bad("time", $"our clock and the database's differ by {difference.TotalSeconds:0} s; synchronise both (NTP)", ExitCode.Time)
            : Good("time", $"zones are known; the database's clock agrees within {ClockTolerance.TotalSeconds:0} s");
    }

    private static ExitCode Good(string what, string text) => PortalCommands.Say($"ok    {what,-15}{text}", ExitCode.Success);

    private static ExitCode Bad(string what, string text, ExitCode code) => PortalCommands.Say($"FAIL  {what,-15}{text}", code);
}
