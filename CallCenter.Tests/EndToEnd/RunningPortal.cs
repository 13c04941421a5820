using System.Diagnostics;
using CallCenter.Core.Tenancy;
using CallCenter.Demo;
using CallCenter.Demo.Peers;
using CallCenter.Demo.Portal;
using CallCenter.Demo.Processes;
using CallCenter.Demo.Seeding;
using CallCenter.Infrastructure;
using CallCenter.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The real portal as a process on its own database and peers, seeded as the demo is, with fewer calls.</summary>
internal sealed class RunningPortal : IAsyncDisposable
{
    private readonly string _directory;
    private readonly PortalSettings _settings;
    private PortalProcess? _process;
    private int? _port;

    private RunningPortal(string directory, PortalSettings settings, TestDatabase database, DemoPeers peers, DemoState state)
    {
        _directory = directory;
        _settings = settings;
        Database = database;
        Peers = peers;
        State = state;
    }

    public TestDatabase Database { get; }

    public DemoPeers Peers { get; }

    public DemoState State { get; }

    /// <summary>Of people who signed in, by e-mail address.</summary>
    public Dictionary<string, Microsoft.Playwright.Cookie[]> SessionCookies { get; } = [];

    public Uri Address => _process!.Address;

    public int ProcessId => _process!.Id;

    public string LogFile => Path.Combine(_directory, "portal.log");

    /// <param name="days">Days of calls before today.</param>
    /// <param name="callsPerWorkday">On average, at each tenant.</param>
    /// <param name="configuration">Settings beside those of the demo, by key with colons.</param>
    /// <param name="beforeStart">Called when all is there but the portal itself.</param>
    public static async Task<RunningPortal> StartAsync(
        int days = 10, int callsPerWorkday = 60, IReadOnlyDictionary<string, string?>? configuration = null, Action<DemoPeers>? beforeStart = null)
    {
        var directory = Directory.CreateTempSubdirectory("callcenter-e2e-").FullName;
        var database = await TestDatabase.CreateAsync();

        // Port 0 for every peer: the wanted ones may belong to a demo that runs.
        var state = DemoState.Create() with { Ports = new Dictionary<string, int>(DemoPeers.AnyPorts) };
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var peers = await DemoPeers.StartAsync(state, new DemoVolume(today.AddDays(-days), callsPerWorkday), Path.Combine(directory, "certificates"), applySpacing: TimeSpan.FromSeconds(1));
        var settings = new PortalSettings(database.ConnectionString, state.Key, directory, Path.Combine(directory, "recordings"));

        // Journeys wait for what happens, not for the pauses that a real PBX wants between two acts.
        settings.Configuration["Extensions:ApplySpacing"] = "00:00:01.5";
        settings.Configuration["Jobs:Intervals:mail"] = "00:00:02";
        foreach (var (key, value) in configuration ?? new Dictionary<string, string?>())
        {
            settings.Configuration[key] = value;
        }

        var seed = new DemoSeed(settings, state.Password);
        await seed.CreateAsync();
        await seed.ConnectAsync(peers.Connections);
        var portal = new RunningPortal(directory, settings, database, peers, peers.State);
        beforeStart?.Invoke(peers);
        await portal.StartProcessAsync();
        return portal;
    }

    /// <summary>Ends the process as a power cut would, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        using (var process = Process.GetProcessById(ProcessId))
        {
            process.Kill();
        }

        await _process!.Completion.WaitAsync(TimeSpan.FromMinutes(1));
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Starts it, or starts it again at the same address.</summary>
    public async Task StartProcessAsync() => _process = await PortalProcess.StartAsync(_settings, _port ??= LoopbackPorts.Free(), LogFile);

    /// <summary>Does something through the portal's own services on its database, as a job of the tenant would.</summary>
    public async Task WorkAsync(string slug, Func<IServiceProvider, Task> workAsync)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(_settings.Configuration).Build());
        services.AddLogging();
        services.AddCallCenterInfrastructure();
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        await using var scope = provider.CreateAsyncScope();
        var tenants = await scope.ServiceProvider.GetRequiredService<ITenantDirectory>().ListActiveAsync();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenants.Single(tenant => tenant.Slug == slug), "test");
        await workAsync(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        await Peers.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
