using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure;
using CallCenter.Infrastructure.Exports;
using CallCenter.Infrastructure.Mail;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Schedules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Schedules;

/// <summary>Starts what is due, makes it and mails it, by the real services in a process of its own. Says "running" when it begins.</summary>
internal static class ScheduleHost
{
    public const string Verb = "schedule-host";

    public static async Task<int> RunAsync(string[] args)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:CallCenter"] = args[0],
            ["Database:Provider"] = nameof(DatabaseProvider.PostgreSQL),
            ["Exports:Folder"] = args[2],
            ["Outbound:Allow:0"] = "127.0.0.0/8",
            ["Secrets:ActiveKey"] = "test",
            ["Secrets:Keys:test"] = Convert.ToBase64String(new byte[32]),
        }).Build());
        services.AddLogging();
        services.AddCallCenterInfrastructure();
        await using var provider = services.BuildServiceProvider();
        var tenant = new TenantInfo(Guid.Parse(args[1]), "riyadh", "Riyadh", "Asia/Riyadh", "SA", "ar");
        Console.WriteLine("running");
        await provider.GetRequiredService<ScheduleJob>().RunForAllAsync(CancellationToken.None);
        await provider.GetRequiredService<ExportRunner>().RunDueAsync(tenant, CancellationToken.None);
        await provider.GetRequiredService<ScheduleJob>().RunForAllAsync(CancellationToken.None);
        await provider.GetRequiredService<MailJob>().RunForAllAsync(CancellationToken.None);
        return 0;
    }
}
