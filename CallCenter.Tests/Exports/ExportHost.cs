using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure;
using CallCenter.Infrastructure.Exports;
using CallCenter.Infrastructure.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Exports;

/// <summary>Makes what is due, by the real services in a process of its own. Says "running" when it begins; exits with 0 when nothing is due any more.</summary>
internal static class ExportHost
{
    public const string Verb = "export-host";

    public static async Task<int> RunAsync(string[] args)
    {
        var (connectionString, tenantId, folder) = (args[0], Guid.Parse(args[1]), args[2]);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:CallCenter"] = connectionString,
            ["Database:Provider"] = nameof(DatabaseProvider.PostgreSQL),
            ["Exports:Folder"] = folder,
            ["Exports:ProgressInterval"] = "00:00:00.01",
        }).Build());
        services.AddLogging();
        services.AddCallCenterInfrastructure();
        await using var provider = services.BuildServiceProvider();
        Console.WriteLine("running");
        await provider.GetRequiredService<ExportRunner>().RunDueAsync(new TenantInfo(tenantId, "riyadh", "Riyadh", "Asia/Riyadh", "SA", "ar"), CancellationToken.None);
        return 0;
    }
}
