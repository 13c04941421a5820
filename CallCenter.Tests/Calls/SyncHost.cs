using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure;
using CallCenter.Infrastructure.Calls.Sync;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Calls;

/// <summary>A sync by the real services in a process of its own, in as many runs as it takes. Says "running" when it begins; exits with 0 when it is done.</summary>
internal static class SyncHost
{
    public const string Verb = "sync-host";

    public static readonly DateTimeOffset Now = new(2026, 11, 5, 12, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(string[] args)
    {
        var (connectionString, tenantId, pbxId, port, thumbprint) = (args[0], Guid.Parse(args[1]), Guid.Parse(args[2]), args[3], args[4]);
        var tenant = new TenantInfo(tenantId, "demo", "Demo", "Europe/Dublin", "IE", "en");
        var pbx = new PbxEndpoint(
            tenantId, pbxId, PbxKind.Ucm, "127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture), "/ws", "portalapi", new Secret("Demo-Pass#1"), thumbprint, tenant.TimeZoneId);

        await using var services = Services(connectionString);
        for (var isFirst = true; ; isFirst = false)
        {
            var started = await services.GetRequiredService<CallSyncRuns>().StartOrJoinAsync(tenant, pbx, CancellationToken.None);
            if (started.Error is { } error)
            {
                Console.WriteLine(error.Code);
                return 2;
            }

            if (isFirst)
            {
                Console.WriteLine("running");
            }

            var last = await started.Value.Run.Completion;
            Console.WriteLine($"{last.Phase} {last.Error?.Code} {last.LegsRead} {last.CallsWritten}");

            // A machine too busy to renew its lease for a minute loses it; the portal's job would run again as well.
            if (last.Phase != CallSyncPhase.Cancelled)
            {
                return last.Phase == CallSyncPhase.Done ? 0 : 1;
            }
        }
    }

    private static ServiceProvider Services(string connectionString)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:CallCenter"] = connectionString,
            ["Database:Provider"] = nameof(DatabaseProvider.PostgreSQL),
            ["Outbound:Allow:0"] = "127.0.0.0/8",

            // The simulated PBX shares its process with other tests.
            ["Telephony:Ucm:ConnectTimeout"] = "00:02:00",
            ["Telephony:Ucm:RequestTimeout"] = "00:02:00",
        }).Build());
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new ManualClock(Now));

        // Small steps, so that a kill finds it in the middle of one.
        services.AddSingleton(CallSyncRules.Default with { LegsPerWrite = 40, FirstWindow = TimeSpan.FromHours(12), LongestWindow = TimeSpan.FromDays(1) });
        services.AddCallCenterInfrastructure();
        return services.BuildServiceProvider();
    }
}
