using System.Globalization;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure;
using CallCenter.Infrastructure.Recordings.Fetch;
using CallCenter.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Recordings;

/// <summary>One round of fetching in a process of its own. Says "running" when it begins; exits with 0 when it is done.</summary>
internal static class RecordingHost
{
    public const string Verb = "recording-host";

    public static async Task<int> RunAsync(string[] args)
    {
        var (connectionString, tenantId, pbxId, port, thumbprint, folder, hours) =
            (args[0], Guid.Parse(args[1]), Guid.Parse(args[2]), args[3], args[4], args[5], int.Parse(args[6], CultureInfo.InvariantCulture));
        var tenant = new TenantInfo(tenantId, "demo", "Demo", "Europe/Dublin", "IE", "en");
        var settings = FetchBench.Settings(folder);
        settings["ConnectionStrings:CallCenter"] = connectionString;
        settings["Database:Provider"] = "PostgreSQL";
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new ManualClock(FetchBench.Now.AddHours(hours)));
        services.AddCallCenterInfrastructure();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, "test");
        var fetch = scope.ServiceProvider.GetRequiredService<RecordingFetch>();

        Console.WriteLine("running");
        var result = await fetch.RunAsync(FetchBench.Endpoint(tenant, pbxId, port, thumbprint), default);
        Console.WriteLine(result.Error?.Code ?? "done");
        return result.Succeeded ? 0 : 1;
    }
}
