using CallCenter.Core.Devices;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Devices;
using CallCenter.Simulators.Gdms;
using CallCenter.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallCenter.Tests.Devices;

/// <summary>A tenant on a real database whose GDMS is the simulator on a socket. Dates stand still, delays are real and short.</summary>
internal sealed class DeviceBench : IAsyncDisposable
{
    public const string PbxMac = "C074AD001122";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private DeviceBench(TestDatabase database, ServiceProvider services, TenantInfo tenant, GdmsSimulator gdms, ManualClock clock, LogCapture log)
    {
        Database = database;
        Services = services;
        Tenant = tenant;
        Gdms = gdms;
        Clock = clock;
        Log = log;
    }

    public TestDatabase Database { get; }

    public ServiceProvider Services { get; }

    public TenantInfo Tenant { get; }

    public GdmsSimulator Gdms { get; }

    public ManualClock Clock { get; }

    public LogCapture Log { get; }

    public static SimulatedDevice Phone(int number, long organization = 1) => new($"AABBCC0000{number:X2}", $"20AAAAAA0000{number:X4}", organization, organization == 1 ? 11 : 21)
    {
        Name = $"Phone {number:00}",
        SipAccounts = [$"{1000 + number}"],
    };

    /// <param name="phones">In the tenant's organisation.</param>
    /// <param name="organizationId">In the settings; null for the account's default.</param>
    public static async Task<DeviceBench> StartAsync(int phones = 5, long? organizationId = 1)
    {
        var clock = new ManualClock();
        var gdms = await GdmsSimulator.StartAsync(new GdmsSimulatorOptions
        {
            Time = clock,
            Organizations = [new(1, "Here"), new(2, "Elsewhere")],
            Sites = [new(11, 1, "HQ"), new(12, 1, "Shop"), new(21, 2, "Other")],
            Devices =
            [
                new(PbxMac, "20AAAAAA00000001", 1, 11) { Name = "PBX", ProductName = "UCM6301" },
                .. Enumerable.Range(1, phones).Select(number => Phone(number)),
                Phone(200, organization: 2),
            ],
            Factory = new Dictionary<string, string> { ["AABBCCDD0001"] = "20FACT0001", ["AABBCCDD0002"] = "20FACT0002" },
        });
        var database = await TestDatabase.CreateAsync();
        var log = new LogCapture();
        var services = database.CreateServices(
            s => s.AddSingleton<TimeProvider>(clock)
                .AddSingleton(DeviceRules.Default with { AccountPause = TimeSpan.Zero })
                .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)),
            new Dictionary<string, string?>(TestKeys.Settings)
            {
                ["Telephony:Gdms:PageSize"] = "3",
                ["Telephony:Gdms:RetryDelay"] = "00:00:00.010",
                ["Telephony:Gdms:MaxRetries"] = "1",
                ["Telephony:Gdms:LongestRetryAfter"] = "00:00:01",
            });
        var bench = new DeviceBench(database, services, await database.AddTenantAsync("one"), gdms, clock, log);
        await bench.ConnectAsync(bench.Tenant, organizationId);
        return bench;
    }

    public async Task ConnectAsync(TenantInfo tenant, long? organizationId)
    {
        using var scope = Enter(tenant: tenant);
        var saved = await scope.ServiceProvider.GetRequiredService<ITenantSettings>().SaveAsync(
            new GdmsForm
            {
                Place = GdmsPlace.Custom,
                BaseAddress = Gdms.Address.GetLeftPart(UriPartial.Authority),
                UserName = "portal",
                Password = "Demo-Pass#1",
                ApiId = "100001",
                ApiSecret = "DEMOSECRETDEMOSECRET",
                DeviceMac = PbxMac,
                OrganizationId = $"{organizationId}",
            },
            0);
        Assert.NotNull(saved.Saved);
    }

    public IServiceScope Enter(TenantRole role = TenantRole.Admin, TenantInfo? tenant = null)
    {
        var scope = Services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(Guid.NewGuid(), "Ada", false, "192.0.2.1");
        context.EnterTenant(tenant ?? Tenant, role);
        return scope;
    }

    public async Task<T> AsAsync<T>(Func<IDevices, IDeviceTasks, Task<T>> act, TenantRole role = TenantRole.Admin, TenantInfo? tenant = null)
    {
        using var scope = Enter(role, tenant);
        return await act(scope.ServiceProvider.GetRequiredService<IDevices>(), scope.ServiceProvider.GetRequiredService<IDeviceTasks>());
    }

    public async Task<DeviceOverview> OverviewAsync() => (await AsAsync((devices, _) => devices.GetAsync())).Value;

    public async Task<DeviceTaskDetail> TaskAsync(Guid id) => (await AsAsync((_, tasks) => tasks.GetAsync(id))).Value;

    public Task<Core.Primitives.Result<Guid>> RebootAsync(params string[] macs) =>
        AsAsync((_, tasks) => tasks.StartAsync(new DeviceTaskOrder { Kind = DeviceTaskKind.Reboot, Macs = macs }));

    /// <summary>One round of the job, after <paramref name="later"/>.</summary>
    public async Task RunJobAsync(TimeSpan later = default)
    {
        Clock.Advance(later);
        await Services.GetRequiredService<DeviceTaskJob>().RunForAllAsync(CancellationToken.None);
    }

    /// <summary>Waits until the condition holds; fails when it does not in time.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Gdms.DisposeAsync();
        await Database.DisposeAsync();
    }
}
