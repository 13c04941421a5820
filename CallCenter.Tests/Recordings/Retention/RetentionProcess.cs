using System.Globalization;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure;
using CallCenter.Infrastructure.Recordings.Retention;
using CallCenter.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Recordings.Retention;

/// <summary>One deletion by age in a process of its own. Says "running" when it begins; exits with 0 when it is done.</summary>
internal static class RetentionProcess
{
    public const string Verb = "retention-host";

    public static async Task<int> RunAsync(string[] args)
    {
        var (connectionString, tenantId, folder, now) = (args[0], Guid.Parse(args[1]), args[2], DateTimeOffset.Parse(args[3], CultureInfo.InvariantCulture));
        var settings = FetchBench.Settings(folder);
        settings["ConnectionStrings:CallCenter"] = connectionString;
        settings["Database:Provider"] = "PostgreSQL";
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new ManualClock(now));
        services.AddCallCenterInfrastructure();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(new TenantInfo(tenantId, "demo", "Demo", "Etc/UTC", "IE", "en"), "test");
        var runner = scope.ServiceProvider.GetRequiredService<RetentionRunner>();

        Console.WriteLine("running");
        var result = await runner.RunAsync(lookByItself: true, default);
        Console.WriteLine(result.Error?.Code ?? "done");
        return result.Succeeded ? 0 : 1;
    }
}
