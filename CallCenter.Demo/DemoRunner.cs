using CallCenter.Demo.Peers;
using CallCenter.Demo.Portal;
using CallCenter.Demo.Postgres;
using CallCenter.Demo.Processes;
using CallCenter.Demo.Seeding;

namespace CallCenter.Demo;

/// <summary>Starts everything in order, waits, and stops everything in the reverse order.</summary>
internal sealed class DemoRunner(DemoOptions options, TextWriter console)
{
    private const string Database = "callcenter";

    private readonly DemoFolder _folder = new(options.DataDirectory ?? Path.Combine(RepositoryRoot.Find(), ".demo"));

    /// <returns>Exit code: 0 after an orderly stop, 1 when the portal or the database ended by itself.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using var folderLock = DirectoryLock.TryTake(_folder.Root) ?? throw await InUseAsync();
        if (options.Reset)
        {
            _folder.Clear();
        }

        if (options.StartPortal && !LoopbackPorts.IsFree(options.Port))
        {
            throw new DemoException(
                $"Port {options.Port} on 127.0.0.1 is taken by another program. Stop that program, or choose another port: dotnet run --project CallCenter.Demo -- --port {options.Port + 1}");
        }

        File.Delete(_folder.Endpoints);
        try
        {
            return await RunLockedAsync(stop);
        }
        finally
        {
            File.Delete(_folder.Endpoints);
        }
    }

    private async Task<int> RunLockedAsync(CancellationToken stop)
    {
        var state = await DemoState.LoadOrCreateAsync(_folder, stop);

        Say("Starting PostgreSQL");
        await using var postgres = await PrivatePostgres.StartAsync(
            new PrivatePostgresOptions { Directory = _folder.Postgres, PackageDirectory = _folder.Packages, Say = Say },
            stop);

        Say("Starting the simulated peers");
        state = state with { FirstDay = state.FirstDay ?? FirstDay() };
        await using var peers = await DemoPeers.StartAsync(
            state, new DemoVolume(state.FirstDay.Value), _folder.Certificates, applySpacing: null, options.MediaAddress, stop);
        state = peers.State;
        await state.SaveAsync(_folder, stop);

        var settings = new PortalSettings(postgres.ConnectionString(Database), state.Key, _folder.Logs, _folder.Recordings);
        settings.Configuration["Mail:PortalAddress"] = $"http://127.0.0.1:{options.Port}/";
        state = await PrepareDatabaseAsync(postgres, settings, state, peers, stop);

        if (!options.StartPortal)
        {
            await AnnounceAsync(state, postgres, peers, settings, portal: null, stop);
            return await WaitAsync(postgres, portal: null, stop);
        }

        Say("Starting the portal");
        Directory.CreateDirectory(_folder.Logs);
        File.Delete(_folder.PortalLog);
        await using var portal = await PortalProcess.StartAsync(settings, options.Port, _folder.PortalLog, stop);
        await AnnounceAsync(state, postgres, peers, settings, portal, stop);
        return await WaitAsync(postgres, portal, stop);
    }

    /// <summary>Migrates, and seeds a database that was not seeded to the end: a half-seeded one is made anew.</summary>
    private async Task<DemoState> PrepareDatabaseAsync(PrivatePostgres postgres, PortalSettings settings, DemoState state, DemoPeers peers, CancellationToken stop)
    {
        if (!state.Seeded)
        {
            await postgres.DropDatabaseAsync(Database, stop);
        }

        if (!await postgres.DatabaseExistsAsync(Database, stop))
        {
            state = state with { Seeded = false };
            await postgres.CreateDatabaseAsync(Database, cancellationToken: stop);
        }

        Say("Migrating the database");
        var migrated = await PortalProcess.RunVerbAsync(settings, ["migrate"], stop);
        if (!migrated.Succeeded)
        {
            throw new DemoException($"The portal could not migrate its database (code {migrated.ExitCode}).\n{migrated.Output}{migrated.Errors}");
        }

        var seed = new DemoSeed(settings, state.Password);
        if (!state.Seeded)
        {
            Say("Seeding tenants and accounts");
            await seed.CreateAsync(stop);
        }

        await seed.ConnectAsync(peers.Connections, stop);
        if (!state.Seeded)
        {
            await seed.AdoptExtensionsAsync(stop);
        }

        state = state with { Seeded = true };
        await state.SaveAsync(_folder, stop);
        return state;
    }

    private async Task AnnounceAsync(DemoState state, PrivatePostgres postgres, DemoPeers peers, PortalSettings settings, PortalProcess? portal, CancellationToken stop)
    {
        var endpoints = new DemoEndpoints
        {
            Portal = new PortalEndpoint(portal?.Address ?? new Uri($"http://127.0.0.1:{options.Port}"), portal?.Id, _folder.PortalLog),
            Accounts = DemoEndpoints.AccountsWith(state.Password),
            Tenants = DemoPlan.Tenants,
            Peers = peers.List,
            Chaos = peers.Chaos,
            Control = peers.Control,
            Database = new DatabaseEndpoint(postgres.ConnectionString(Database), postgres.ProcessId),
            ProcessId = Environment.ProcessId,
        };
        await endpoints.WriteAsync(_folder.Endpoints, stop);
        DemoAnnouncement.Write(console, endpoints, _folder.Endpoints, portal is null ? settings : null);
    }

    private async Task<int> WaitAsync(PrivatePostgres postgres, PortalProcess? portal, CancellationToken stop)
    {
        var asked = Task.Delay(Timeout.Infinite, stop);
        var portalEnd = portal?.Completion ?? Task.Delay(Timeout.Infinite, stop);
        var ended = await Task.WhenAny(asked, portalEnd, postgres.Completion);

        // A signal may take the children along; then their end is no crash.
        if (stop.IsCancellationRequested)
        {
            Say("Stopping");
            return 0;
        }

        if (ended == portalEnd)
        {
            throw new DemoException($"The portal ended by itself with code {await portal!.Completion}. Everything else is stopped. Its log: {_folder.PortalLog}");
        }

        throw new DemoException($"PostgreSQL ended by itself. Everything else is stopped. Its log: {Path.Combine(_folder.Postgres, "postgres.log")}");
    }

    private async Task<DemoException> InUseAsync()
    {
        var running = await DemoEndpoints.ReadAsync(_folder.Endpoints);
        return new DemoException(running is null
            ? $"Another demo is starting or stopping in {_folder.Root}. Wait for it, or give this one a folder of its own: --data DIRECTORY --port N"
            : $"A demo already runs in {_folder.Root} (process {running.ProcessId}) at {running.Portal.Address}. Stop it, or give this one a folder of its own: --data DIRECTORY --port N");
    }

    private DateOnly FirstDay() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-options.Days);

    private void Say(string text) => console.WriteLine(text);
}
