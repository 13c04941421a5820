using System.Net;
using System.Net.Sockets;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Settings;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallCenter.Tests.Settings;

public sealed class ConnectionCheckTests : IAsyncLifetime
{
    private const string Password = "Demo-Pass#1";
    private readonly ManualClock _clock = new(DateTimeOffset.UtcNow);
    private readonly LogCapture _log = new();
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;
    private UcmSimulator _ucm = null!;
    private TenantInfo _tenant = null!;

    public async Task InitializeAsync()
    {
        _ucm = await UcmSimulator.StartAsync(new UcmSimulatorOptions());
        _database = await TestDatabase.CreateAsync();
        _services = _database.CreateServices(
            s => s.AddSingleton<TimeProvider>(_clock).AddLogging(logging => logging.AddProvider(_log)), TestKeys.Settings);
        _tenant = await _database.AddTenantAsync("one");
        await SaveAsync();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _ucm.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Status_NothingSavedOrChecked_SaysSo()
    {
        var other = await _database.AddTenantAsync("two");

        Assert.Equal(ConnectionStatus.NotConfigured, await StatusAsync(other));
        Assert.Equal(ConnectionState.Unknown, (await StatusAsync(_tenant)).State);
    }

    [Fact]
    public async Task Check_EveryMinute_ReusesOneSessionAndLogsOnce()
    {
        for (var i = 0; i < 5; i++)
        {
            await RunJobAsync();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        var status = await StatusAsync(_tenant);
        Assert.Equal((ConnectionState.Connected, 0), (status.State, status.FailedAttempts));
        Assert.Equal(1, _ucm.Requests.Count("login"));
        Assert.Single(StatusLines());
        Assert.Equal(TimeSpan.FromMinutes(4), status.CheckedAtUtc - status.SinceUtc);
    }

    [Fact]
    public async Task Check_PbxGoesAndComesBack_CountsAndLogsTheChangesOnly()
    {
        await RunJobAsync();
        _ucm.Faults.RefuseConnections = true;
        await ListeningAsync(false);
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await RunJobAsync();
        }

        var failing = await StatusAsync(_tenant);
        Assert.Equal((ConnectionState.Failing, 3, TelephonyErrors.Unreachable.Code), (failing.State, failing.FailedAttempts, failing.LastErrorCode));
        Assert.Equal(2, StatusLines().Count);

        _ucm.Faults.RefuseConnections = false;
        await ListeningAsync(true);
        await RunJobAsync();

        var back = await StatusAsync(_tenant);
        Assert.Equal((ConnectionState.Connected, 0), (back.State, back.FailedAttempts));
        Assert.Equal(TelephonyErrors.Unreachable.Code, back.LastErrorCode);
        Assert.Equal(3, StatusLines().Count);
    }

    [Fact]
    public async Task Check_WrongPassword_RestsUntilSettingsChange()
    {
        await SaveAsync("not-the-password");
        for (var i = 0; i < 5; i++)
        {
            await RunJobAsync();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, _ucm.Requests.Count("login"));
        Assert.Equal(ConnectionState.Resting, (await StatusAsync(_tenant)).State);

        await SaveAsync();
        Assert.Equal(ConnectionState.Unknown, (await StatusAsync(_tenant)).State);
        await RunJobAsync();

        Assert.Equal(ConnectionState.Connected, (await StatusAsync(_tenant)).State);
    }

    [Fact]
    public async Task Check_WrongPassword_TriesOnceMoreAfterThePause()
    {
        await SaveAsync("not-the-password");
        await RunJobAsync();

        _clock.Advance(PbxStatus.Pause + TimeSpan.FromMinutes(1));
        await RunJobAsync();

        Assert.Equal(2, _ucm.Requests.Count("login"));
    }

    [Fact]
    public async Task Check_ApiUserWithoutPermission_IsConnectedAllTheSame()
    {
        await using var strict = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            Users = [new UcmApiUser("portalapi", Password, UcmPermissions.AllBut(UcmPermissions.System))],
        });
        await SaveAsync(ucm: strict);

        await RunJobAsync();

        Assert.Equal(ConnectionState.Connected, (await StatusAsync(_tenant)).State);
    }

    [Fact]
    public async Task Subscribe_AfterCheck_TellsThisTenantOnly()
    {
        var other = await _database.AddTenantAsync("two");
        var mine = new TaskCompletionSource();
        var theirs = 0;
        using var scope = Enter(_tenant);
        using var otherScope = Enter(other);
        using var one = Feed(scope).Subscribe(() =>
        {
            mine.TrySetResult();
            return Task.CompletedTask;
        });
        using var two = Feed(otherScope).Subscribe(() =>
        {
            theirs++;
            return Task.CompletedTask;
        });

        await RunJobAsync();
        await mine.Task.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(0, theirs);
    }

    [Fact]
    public async Task CheckNow_Agent_IsDenied()
    {
        using var scope = Enter(_tenant, TenantRole.Agent);

        Assert.Equal(AccessErrors.Denied, (await Feed(scope).CheckNowAsync()).Error);
        Assert.Equal(ConnectionState.Unknown, (await Feed(scope).GetAsync()).State);
    }

    private static IConnectionStatusFeed Feed(IServiceScope scope) => scope.ServiceProvider.GetRequiredService<IConnectionStatusFeed>();

    private List<string> StatusLines() =>
        [.. _log.Lines.Where(l => l.Category.EndsWith(nameof(ConnectionStatusStore), StringComparison.Ordinal) && l.Level >= LogLevel.Information).Select(l => l.Text)];

    // The simulator closes and opens its socket in its own time.
    private async Task ListeningAsync(bool expected)
    {
        for (var listening = !expected; listening != expected; await Task.Delay(20))
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, _ucm.Port);
                listening = true;
            }
            catch (SocketException)
            {
                listening = false;
            }
        }
    }

    private async Task RunJobAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ConnectionCheckJob>().RunForAllAsync(default);
    }

    private async Task<ConnectionStatus> StatusAsync(TenantInfo tenant)
    {
        using var scope = Enter(tenant);
        return await Feed(scope).GetAsync();
    }

    private async Task SaveAsync(string password = Password, UcmSimulator? ucm = null)
    {
        ucm ??= _ucm;
        using var scope = Enter(_tenant);
        var settings = scope.ServiceProvider.GetRequiredService<ITenantSettings>();
        var form = new PbxForm
        {
            Host = "127.0.0.1",
            Port = ucm.Port,
            ApiUser = "portalapi",
            ApiPassword = password,
            PinnedCertificateSha256 = ucm.CertificateSha256,
        };
        Assert.NotNull((await settings.SaveAsync(form, (await settings.GetAsync()).Value.Pbx.Version)).Saved);
    }

    private IServiceScope Enter(TenantInfo tenant, TenantRole role = TenantRole.Admin)
    {
        var scope = _services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(Guid.NewGuid(), "Ada", false, null);
        context.EnterTenant(tenant, role);
        return scope;
    }
}
