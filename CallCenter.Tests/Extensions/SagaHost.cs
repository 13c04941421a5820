using CallCenter.Core.Extensions;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure;
using CallCenter.Infrastructure.Extensions.Following;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Extensions;

/// <summary>
/// The follower of the real services in a process of its own, until nothing waits for the PBX. Says "running" when it begins;
/// exits with 0 when it is done.
/// </summary>
internal static class SagaHost
{
    public const string Verb = "saga-host";

    /// <summary>A little more than the simulated PBX's, as the real ones are.</summary>
    public static Dictionary<string, string?> Settings => new(ExtensionBench.Quick)
    {
        ["Extensions:ApplySpacing"] = "00:00:00.500",
        ["Extensions:LongestGather"] = "00:00:01",
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var tenant = new TenantInfo(Guid.Parse(args[1]), "test", "Test", "Etc/UTC", "IE", "en");
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(Settings)
        {
            ["ConnectionStrings:CallCenter"] = args[0],
            ["Database:Provider"] = nameof(DatabaseProvider.PostgreSQL),
        }).Build());
        services.AddLogging();
        services.AddCallCenterInfrastructure();
        await using var provider = services.BuildServiceProvider();
        var follower = provider.GetRequiredService<Follower>();

        Console.WriteLine("running");
        while (await WaitsAsync(provider, tenant))
        {
            if (await follower.RunAsync(tenant, insist: false, CancellationToken.None) is { Error: { } error })
            {
                Console.WriteLine(error.Code);
                return 1;
            }

            await Task.Delay(10);
        }

        return 0;
    }

    private static async Task<bool> WaitsAsync(ServiceProvider provider, TenantInfo tenant)
    {
        await using var scope = provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, "test");
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync();
        return await db.Set<PbxApply>().AnyAsync(a => a.DirtySinceUtc != null)
            || await db.Set<Extension>().AnyAsync(e =>
                e.State == ExtensionState.Creating || e.State == ExtensionState.Changing || e.State == ExtensionState.Deleting);
    }
}
