using CallCenter.Core.Doctor;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Simulators.Gdms;
using CallCenter.Simulators.Sip;
using CallCenter.Simulators.Stun;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallCenter.Tests.Doctor;

/// <summary>A tenant whose saved settings point to simulated peers on real sockets.</summary>
internal sealed class DoctorBench : IAsyncDisposable
{
    public const string PbxPassword = "Demo-Pass#1";
    public const string GdmsPassword = "Demo-Pass#1";
    public const string GdmsSecret = "DEMOSECRETDEMOSECRET";
    private const string PbxMac = "C074AD001122";

    /// <summary>For a peer that says nothing: long enough that a busy machine is not taken for a silent one.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Impatient = new Dictionary<string, string?>
    {
        ["Doctor:ApiTimeout"] = "00:00:03",
        ["Doctor:WebSocketTimeout"] = "00:00:06",
        ["Doctor:StunTimeout"] = "00:00:04",
    };

    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private DoctorBench(TestDatabase database, ServiceProvider services, TenantInfo tenant, UcmSimulator ucm, SipWebSocketServer sip, GdmsSimulator gdms, StunSimulator stun, LogCapture log)
    {
        _database = database;
        _services = services;
        Tenant = tenant;
        Ucm = ucm;
        Sip = sip;
        Gdms = gdms;
        Stun = stun;
        Log = log;
    }

    public TenantInfo Tenant { get; }

    public UcmSimulator Ucm { get; }

    public SipWebSocketServer Sip { get; }

    public GdmsSimulator Gdms { get; }

    public StunSimulator Stun { get; }

    public LogCapture Log { get; }

    public TestDatabase Database => _database;

    public IServiceProvider Services => _services;

    /// <summary>All peers well, all cards saved, the certificate pinned.</summary>
    public static async Task<DoctorBench> StartAsync(
        UcmSimulatorOptions? ucmOptions = null, IReadOnlyDictionary<string, string?>? settings = null, string timeZoneId = "Europe/Dublin")
    {
        var sip = new SipWebSocketServer(new SipServerOptions { PasswordOf = _ => null });
        var ucm = await UcmSimulator.StartAsync((ucmOptions ?? new UcmSimulatorOptions()) with
        {
            Zone = ucmOptions?.Zone ?? TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin"),
            WebSocketHandler = sip.HandleAsync,
        });
        var gdms = await GdmsSimulator.StartAsync();
        var stun = StunSimulator.Start();
        var database = await TestDatabase.CreateAsync();
        var log = new LogCapture();
        var values = new Dictionary<string, string?>(TestKeys.Settings)
        {
            ["Doctor:TcpTimeout"] = "00:01:00",
            ["Doctor:TlsTimeout"] = "00:01:00",
            ["Doctor:ApiTimeout"] = "00:01:00",
            ["Doctor:WebSocketTimeout"] = "00:01:00",
            ["Doctor:StunTimeout"] = "00:00:10",
            ["Doctor:GdmsTimeout"] = "00:01:00",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            values[key] = value;
        }

        var services = database.CreateServices(s => s.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)), values);
        var bench = new DoctorBench(database, services, await database.AddTenantAsync("bench", timeZoneId), ucm, sip, gdms, stun, log);
        await bench.SaveAsync(new RecordingForm { StunServer = stun.EndPoint.ToString() });
        await bench.SaveGdmsAsync();
        await bench.SavePbxAsync();
        return bench;
    }

    public IServiceScope Enter(TenantRole role = TenantRole.Admin)
    {
        var scope = _services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(Guid.NewGuid(), "Ada", false, "192.0.2.1");
        context.EnterTenant(Tenant, role);
        return scope;
    }

    public Task SavePbxAsync(Action<PbxForm>? change = null)
    {
        var form = new PbxForm
        {
            Host = "127.0.0.1",
            Port = Ucm.Port,
            ApiUser = "portalapi",
            ApiPassword = PbxPassword,
            PinnedCertificateSha256 = Ucm.CertificateSha256,
        };
        change?.Invoke(form);
        return SaveAsync(form);
    }

    public Task SaveGdmsAsync(Action<GdmsForm>? change = null)
    {
        var form = new GdmsForm
        {
            Place = GdmsPlace.Custom,
            BaseAddress = Gdms.Address.GetLeftPart(UriPartial.Authority),
            UserName = "portal",
            Password = GdmsPassword,
            ApiId = "100001",
            ApiSecret = GdmsSecret,
            DeviceMac = PbxMac,
        };
        change?.Invoke(form);
        return SaveAsync(form);
    }

    public async Task SaveAsync<TForm>(TForm form)
        where TForm : class, ISettingsForm<TForm>, new()
    {
        using var scope = Enter();
        var settings = scope.ServiceProvider.GetRequiredService<ITenantSettings>();
        var current = (await settings.GetAsync()).Value;
        IReadOnlyList<Error> errors = form switch
        {
            PbxForm pbx => (await settings.SaveAsync(pbx, current.Pbx.Version)).Errors,
            GdmsForm gdms => (await settings.SaveAsync(gdms, current.Gdms.Version)).Errors,
            RecordingForm recording => (await settings.SaveAsync(recording, current.Recordings.Version)).Errors,
            _ => throw new ArgumentException("No such form.", nameof(form)),
        };
        Assert.Empty(errors);
    }

    /// <summary>Runs the doctor to its end; the last word on each step.</summary>
    public async Task<IReadOnlyDictionary<string, DoctorStep>> ExamineAsync()
    {
        using var scope = Enter();
        var last = new Dictionary<string, DoctorStep>();
        await foreach (var step in scope.ServiceProvider.GetRequiredService<IConnectionDoctor>().RunAsync())
        {
            last[step.Value.Id] = step.Value;
        }

        return last;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Ucm.DisposeAsync();
        await Gdms.DisposeAsync();
        await Stun.DisposeAsync();
        await _database.DisposeAsync();
    }
}
