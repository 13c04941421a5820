using CallCenter.Core.Extensions;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Extensions.Truth;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Extensions;

/// <summary>The job and the comparison with the real adapter, against a simulated UCM over its socket and its misbehaviours.</summary>
public sealed class ExtensionTruthOverSocketTests : IAsyncLifetime
{
    private const int Count = 75;
    private const string Password = "Demo-Pass#1";
    private readonly ManualClock _clock = new(TimeProvider.System.GetUtcNow());
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;
    private UcmSimulator _ucm = null!;
    private TenantInfo _tenant = null!;

    public async Task InitializeAsync()
    {
        // More than one page of the list.
        _ucm = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            TimeProvider = _clock,
            Users = [new UcmApiUser("portalapi", Password)],
            Extensions = [.. Enumerable.Range(1001, Count).Select(n => new SimExtension($"{n}", $"Person {n}"))],
        });
        _database = await TestDatabase.CreateAsync();
        var settings = new Dictionary<string, string?>(TestKeys.Settings) { ["Telephony:Ucm:RequestTimeout"] = "00:00:06" };
        _services = _database.CreateServices(s => s.AddSingleton<TimeProvider>(_clock), settings);
        _tenant = await _database.AddTenantAsync("one");
        await ConnectAsync(Password);
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _ucm.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Job_PhonesComeAndGo_IsReadFromEveryPage()
    {
        await RunAsync();
        Assert.Equal(Count, (await ReadAsync(db => db.Set<Extension>().ToListAsync())).Count(e => e.State == ExtensionState.Found));
        Assert.Equal(Count, await ReadAsync(db => db.Set<RegistrationSpan>().CountAsync(s => s.LostAtUtc == null)));

        _ucm.Phones.Leave("1075");
        await RunAsync();
        var lost = Now;
        _ucm.Phones.Register("1075", "192.0.2.222:5060 (GRP2615)");
        await RunAsync();

        var spans = await SpansAsync("1075");
        Assert.Equal([(DateTime?)lost, null], spans.Select(s => s.LostAtUtc));
        Assert.Equal(("192.0.2.222:5060", "GRP2615"), (spans[1].Address, spans[1].Model));
        Assert.Equal(1, _ucm.Requests.Count("login"));
    }

    [Fact]
    public async Task Job_PhoneFlaps_IsMarked()
    {
        _ucm.Phones.Flap("1001", TimeSpan.FromSeconds(45));
        for (var i = 0; i < 40; i++)
        {
            await RunAsync();
        }

        var presences = await ReadAsync(db =>
            (from p in db.Set<ExtensionPresence>() join e in db.Set<Extension>() on p.ExtensionId equals e.Id where p.Flapping select e.Number).ToListAsync());
        Assert.Equal(["1001"], presences);
    }

    [Fact]
    public async Task Job_SessionExpires_GoesOnWithoutANotch()
    {
        await RunAsync();
        _ucm.Faults.ExpireSessionsOnce();
        await RunAsync();

        Assert.Equal((0, Now), ((await ReadingAsync()).Failures, (await ReadingAsync()).ReadAtUtc));
        Assert.Equal(2, _ucm.Requests.Count("login"));
    }

    [Theory]
    [InlineData("down")]
    [InlineData("garbage")]
    [InlineData("half")]
    [InlineData("slow")]
    public async Task Job_PbxMisbehaves_LosesNobodyAndComesBack(string how)
    {
        await RunUntilAsync(reading => reading.Failures == 0);
        _ucm.Faults.Update(faults => how switch
        {
            "down" => faults with { RefuseConnections = true },
            "garbage" => faults with { Garbage = true },
            "half" => faults with { DropHalfWay = true },
            _ => faults with { ResponseDelay = TimeSpan.FromSeconds(9) },
        });
        await RunUntilAsync(reading => reading.Failures > 0);
        await RunAsync(90);

        Assert.Equal(Count, await ReadAsync(db => db.Set<ExtensionPresence>().CountAsync(p => p.Status == LineStatus.Unknown)));
        Assert.Equal(Count, await ReadAsync(db => db.Set<RegistrationSpan>().CountAsync(s => s.LostAtUtc == null)));
        Assert.Equal(Count, await ReadAsync(db => db.Set<Extension>().CountAsync()));

        _ucm.Faults.Reset();
        await RunUntilAsync(reading => reading.Failures == 0);

        Assert.Equal(0, await ReadAsync(db => db.Set<ExtensionPresence>().CountAsync(p => p.Status == LineStatus.Unknown)));
        Assert.Equal(Count, await ReadAsync(db => db.Set<RegistrationSpan>().CountAsync()));
    }

    [Fact]
    public async Task Job_WrongPassword_IsTriedOnce()
    {
        await ConnectAsync("not-the-password");
        for (var i = 0; i < 10; i++)
        {
            await RunAsync();
        }

        Assert.Equal(1, _ucm.Requests.Count("login"));
        Assert.Equal(TelephonyErrors.WrongCredentials.Code, (await ReadingAsync()).ErrorCode);
    }

    [Fact]
    public async Task Comparison_AdoptThenChangedInTheWebUi_ShowsAndTakesTheDifference()
    {
        await RunAsync();
        var id = await ReadAsync(db => db.Set<Extension>().Where(e => e.Number == "1001").Select(e => e.Id).SingleAsync());
        Assert.Equal([(id, null)], (await AskAsync(c => c.AdoptAsync([id]))).Value);
        Assert.Empty((await AskAsync(c => c.GetAsync())).Value.Different);

        _ucm.Accounts.ChangeInWebUi("1001", new("cidnumber", "3500"), new("secret", "Set-In-The-Web9!"), new("dnd", "yes"));
        Assert.Null((await AskAsync(c => c.CompareAsync(null))).Error);

        var difference = Assert.Single((await AskAsync(c => c.GetAsync())).Value.Different);
        Assert.Equal(["CallerId", "DoNotDisturb", ExtensionDifference.SecretField], difference.Fields.Select(f => f.Field));
        var choices = difference.Fields.ToDictionary(f => f.Field, _ => SettleDirection.TakeFromPbx);
        Assert.Null((await AskAsync(c => c.SettleAsync(id, choices, difference.Row.Version))).Error);
        Assert.Null((await AskAsync(c => c.CompareAsync(null))).Error);
        Assert.Empty((await AskAsync(c => c.GetAsync())).Value.Different);
    }

    [Fact]
    public async Task Comparison_RemovedInTheWebUi_IsMissing()
    {
        await RunAsync();
        var id = await ReadAsync(db => db.Set<Extension>().Where(e => e.Number == "1001").Select(e => e.Id).SingleAsync());
        await AskAsync(c => c.AdoptAsync([id]));

        _ucm.Accounts.RemoveInWebUi("1001");
        await RunAsync();

        Assert.Equal("1001", Assert.Single((await AskAsync(c => c.GetAsync())).Value.Missing).Number);
    }

    private DateTime Now
    {
        get
        {
            var now = _clock.GetUtcNow().UtcDateTime;
            return new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
        }
    }

    private async Task RunAsync(double secondsLater = 15)
    {
        _clock.Advance(TimeSpan.FromSeconds(secondsLater));
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ExtensionStatesJob>().RunForAllAsync(default);
    }

    // The simulator closes and opens its socket in its own time.
    private async Task RunUntilAsync(Func<ExtensionReading, bool> reached)
    {
        for (var i = 0; i < 50; i++)
        {
            await RunAsync(300);
            if (reached(await ReadingAsync()))
            {
                return;
            }
        }

        Assert.Fail("The PBX did not get there.");
    }

    private Task<ExtensionReading> ReadingAsync() => ReadAsync(db => db.Set<ExtensionReading>().SingleAsync());

    private Task<List<RegistrationSpan>> SpansAsync(string number) => ReadAsync(db =>
        (from s in db.Set<RegistrationSpan>() join e in db.Set<Extension>() on s.ExtensionId equals e.Id where e.Number == number orderby s.FromUtc select s).ToListAsync());

    private async Task<T> ReadAsync<T>(Func<Infrastructure.Persistence.CallCenterDbContext, Task<T>> read)
    {
        await using var db = _database.As(_tenant).CreateDbContext();
        return await read(db);
    }

    private async Task<T> AskAsync<T>(Func<IExtensionComparison, Task<T>> ask)
    {
        using var scope = Enter();
        return await ask(scope.ServiceProvider.GetRequiredService<IExtensionComparison>());
    }

    private async Task ConnectAsync(string password)
    {
        using var scope = Enter();
        var settings = scope.ServiceProvider.GetRequiredService<ITenantSettings>();
        var form = new PbxForm { Host = "127.0.0.1", Port = _ucm.Port, ApiUser = "portalapi", ApiPassword = password, PinnedCertificateSha256 = _ucm.CertificateSha256 };
        Assert.NotNull((await settings.SaveAsync(form, (await settings.GetAsync()).Value.Pbx.Version)).Saved);
    }

    private IServiceScope Enter()
    {
        var scope = _services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(Guid.NewGuid(), "Ada", false, null);
        context.EnterTenant(_tenant, TenantRole.Admin);
        return scope;
    }
}
