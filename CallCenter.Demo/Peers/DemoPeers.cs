using System.Net;
using System.Net.Sockets;
using CallCenter.Demo.Chaos;
using CallCenter.Demo.Seeding;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Gdms;
using CallCenter.Simulators.Hosting;
using CallCenter.Simulators.Mail;
using CallCenter.Simulators.Sip;
using CallCenter.Simulators.Stun;
using CallCenter.Simulators.Ucm;

namespace CallCenter.Demo.Peers;

/// <summary>All simulated peers of the demo, in this process, on loopback.</summary>
public sealed class DemoPeers : IAsyncDisposable
{
    private const string GdmsName = "gdms";
    private const string StunName = "stun";
    private const string MailName = "mail";
    private const string ApiUser = "portalapi";
    private const string GdmsUser = "portal";
    private const string MailUser = "portal@callcenter.example";

    // What a UCM says.
    private const string Realm = "grandstream";

    // Wanted; another is taken where one is not free, and kept from then on.
    private static readonly Dictionary<string, int> WantedPorts = new(StringComparer.Ordinal)
    {
        [DemoPlan.Demo.Pbx] = 18089,
        [DemoPlan.Riyadh.Pbx] = 18090,
        [GdmsName] = 18443,
        [StunName] = 13478,
        [MailName] = 10587,
        ["control"] = 18100,
        ["chaos"] = 18101,
    };

    private readonly Stack<IAsyncDisposable> _started = new();
    private readonly Dictionary<string, UcmSimulator> _pbxs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SipWebSocketServer> _sip = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ports;
    private readonly DemoState _state;
    private readonly IPAddress _mediaAddress;

    private DemoPeers(DemoState state, IPAddress mediaAddress)
    {
        _mediaAddress = mediaAddress;
        _state = state.WithPeers([DemoPlan.Demo.Pbx, DemoPlan.Riyadh.Pbx, GdmsName, MailName]);
        _ports = new Dictionary<string, int>(state.Ports);
    }

    /// <summary>Ports of a state whose peers take any free one.</summary>
    public static IReadOnlyDictionary<string, int> AnyPorts { get; } = WantedPorts.ToDictionary(wanted => wanted.Key, _ => 0);

    /// <summary>The given state with the ports and passwords in use.</summary>
    public DemoState State => _state with { Ports = _ports };

    /// <summary>By tenant slug.</summary>
    public IReadOnlyDictionary<string, UcmSimulator> Pbxs => _pbxs;

    /// <summary>SIP over WebSocket of the PBXs, by tenant slug.</summary>
    public IReadOnlyDictionary<string, SipWebSocketServer> Sip => _sip;

    public GdmsSimulator Gdms { get; private set; } = null!;

    public StunSimulator Stun { get; private set; } = null!;

    /// <summary>The mail server of all tenants; it delivers nothing.</summary>
    public SmtpSimulator Mail { get; private set; } = null!;

    public Uri Control { get; private set; } = null!;

    public Uri Chaos { get; private set; } = null!;

    public IReadOnlyList<DemoPeer> List =>
    [
        .. DemoPlan.Tenants.Select(tenant => new DemoPeer(
            tenant.Pbx,
            "ucm",
            _pbxs[tenant.Slug].Address,
            ApiUser,
            _state.PeerPassword(tenant.Pbx),
            _pbxs[tenant.Slug].CertificateSha256,
            new Uri(Control, tenant.Pbx))),
        new(GdmsName, "gdms", Gdms.Address, GdmsUser, _state.PeerPassword(GdmsName), Gdms.CertificateSha256, new Uri(Control, GdmsName)),
        new(StunName, "stun", new Uri($"stun://{Stun.EndPoint}"), Control: new Uri(Control, StunName)),
        new(MailName, "smtp", new Uri($"smtp://{Mail.EndPoint}"), MailUser, _state.PeerPassword(MailName), Mail.CertificateSha256, new Uri(Control, MailName)),
    ];

    /// <summary>What each tenant's settings say about its peers.</summary>
    public IReadOnlyList<DemoConnection> Connections =>
        [.. DemoPlan.Tenants.Select(tenant => new DemoConnection(
            tenant,
            _pbxs[tenant.Slug],
            ApiUser,
            _state.PeerPassword(tenant.Pbx),
            Gdms.Address,
            Login(tenant),
            DemoDevices.PbxOf(tenant).Mac,
            DemoDevices.OrganizationOf(tenant),
            Stun.EndPoint.ToString())
        {
            Mail = new DemoMail(Mail.EndPoint, MailUser, _state.PeerPassword(MailName), Mail.CertificateSha256),
        })];

    /// <summary>Starts every peer; call detail up to the present is there when this returns.</summary>
    /// <param name="state">Ports and passwords of earlier starts.</param>
    /// <param name="volume">Of calls.</param>
    /// <param name="certificates">Where certificates are kept between starts, as the portal pins them.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static Task<DemoPeers> StartAsync(DemoState state, DemoVolume volume, string certificates, CancellationToken cancellationToken = default) =>
        StartAsync(state, volume, certificates, applySpacing: null, cancellationToken: cancellationToken);

    /// <summary>
    /// The same, with PBXs that let changes be applied more often than a UCM does (null for as often as a UCM), and that receive sound at another
    /// address than loopback.
    /// </summary>
    internal static async Task<DemoPeers> StartAsync(
        DemoState state, DemoVolume volume, string certificates, TimeSpan? applySpacing, IPAddress? mediaAddress = null, CancellationToken cancellationToken = default)
    {
        var peers = new DemoPeers(state, mediaAddress ?? IPAddress.Loopback);
        try
        {
            foreach (var tenant in DemoPlan.Tenants)
            {
                await peers.StartPbxAsync(tenant, volume, certificates, applySpacing, cancellationToken);
            }

            peers.Gdms = await peers.StartAsync(GdmsName, port => GdmsSimulator.StartAsync(peers.GdmsOptions(port), cancellationToken));
            peers.Stun = await peers.StartAsync(StunName, port => Task.FromResult(StunSimulator.Start(port)));
            peers.Mail = await peers.StartAsync(MailName, port => Task.FromResult(SmtpSimulator.Start(peers.MailOptions(port, certificates))));
            ControlledSimulator[] controlled = [.. DemoPlan.Tenants.Select(peers.Controlled), peers.Gdms.Control(GdmsName), peers.Stun.Control(StunName), peers.Mail.Control(MailName)];
            var control = await peers.StartAsync("control", port => ControlHost.StartAsync(port, controlled, cancellationToken));
            peers.Control = control.Address;
            var chaos = await peers.StartAsync("chaos", port => ChaosPage.StartAsync(port, controlled, cancellationToken));
            peers.Chaos = chaos.Address;
            return peers;
        }
        catch
        {
            await peers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var peer))
        {
            await peer.DisposeAsync();
        }
    }

    private static string Slot(DemoTenant tenant) => tenant == DemoPlan.Demo ? "01" : "02";

    private async Task StartPbxAsync(
        DemoTenant tenant, DemoVolume volume, string certificates, TimeSpan? applySpacing, CancellationToken cancellationToken)
    {
        UcmSimulator? pbx = null;
        var sip = new SipWebSocketServer(new SipServerOptions { Realm = Realm, PasswordOf = extension => SecretOf(pbx, extension), Media = new SipMediaOptions { Address = _mediaAddress } });
        _started.Push(sip);
        pbx = await StartAsync(tenant.Pbx, port => UcmSimulator.StartAsync(
            new UcmSimulatorOptions
            {
                Name = tenant.Pbx,
                Port = port,
                Users = [new(ApiUser, _state.PeerPassword(tenant.Pbx))],
                Calls = DemoOffice.Calls(tenant, volume),
                Mac = $"00:00:5E:00:53:{Slot(tenant)}",
                CertificateFile = Path.Combine(certificates, tenant.Pbx + ".pfx"),
                WebSocketHandler = sip.HandleAsync,
                ApplySpacing = applySpacing ?? TimeSpan.FromSeconds(15),
            },
            cancellationToken));
        UcmSipCalls.Connect(pbx, sip);
        _pbxs[tenant.Slug] = pbx;
        _sip[tenant.Slug] = sip;
    }

    /// <summary>What is in force on the PBX at this moment, of extensions that browsers may register as.</summary>
    private static string? SecretOf(UcmSimulator? pbx, string extension) =>
        pbx?.Accounts.Running.GetValueOrDefault(extension) is { IsWebRtc: true, IsInService: true } account ? account.Secret : null;

    private ControlledSimulator Controlled(DemoTenant tenant)
    {
        var (pbx, sip) = (_pbxs[tenant.Slug].Controlled(), _sip[tenant.Slug]);
        return pbx with
        {
            Resources = new Dictionary<string, ControlResource>(pbx.Resources)
            {
                ["outside"] = sip.OutsideCallsResource,
                ["sip"] = sip.FaultsResource,
                ["signalling"] = sip.QuirksResource,
                ["sockets"] = sip.ConnectionsResource,
            },
        };
    }

    private GdmsLogin Login(DemoTenant tenant) => new(GdmsUser, _state.PeerPassword(GdmsName), "100001", "DEMOSECRETDEMOSECRET");

    private GdmsSimulatorOptions GdmsOptions(int port) => new()
    {
        Port = port,
        Logins = [Login(DemoPlan.Demo)],
        Organizations = DemoDevices.Organizations,
        Sites = DemoDevices.Sites,
        Devices = [.. DemoPlan.Tenants.SelectMany(DevicesOf)],
        Factory = DemoDevices.Factory,
    };

    private SmtpSimulatorOptions MailOptions(int port, string certificates) => new()
    {
        Port = port,
        Accounts = new Dictionary<string, string> { [MailUser] = _state.PeerPassword(MailName) },
        CertificateFile = Path.Combine(certificates, MailName + ".pfx"),
        Folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(certificates)) ?? certificates, MailName),
    };

    private IEnumerable<SimulatedDevice> DevicesOf(DemoTenant tenant)
    {
        var accounts = _pbxs[tenant.Slug].Accounts;
        var extensions = accounts.Configured.Select(account => new SimExtension(account.Extension, account.Sip["fullname"])).ToList();
        return DemoDevices
            .PhonesOf(tenant, extensions, number => accounts.Phones.AddressOf(number) is not null, TimeProvider.System.GetUtcNow())
            .Prepend(DemoDevices.PbxOf(tenant));
    }

    /// <summary>Starts a peer on the port it had, or any other if that is taken.</summary>
    private async Task<T> StartAsync<T>(string name, Func<int, Task<T>> start)
        where T : IAsyncDisposable
    {
        T peer;
        try
        {
            peer = await start(_ports.GetValueOrDefault(name, WantedPorts[name]));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            peer = await start(0);
        }

        _started.Push(peer);
        _ports[name] = PortOf(peer);
        return peer;
    }

    private static int PortOf(IAsyncDisposable peer) => peer switch
    {
        UcmSimulator ucm => ucm.Port,
        GdmsSimulator gdms => gdms.Address.Port,
        StunSimulator stun => stun.EndPoint.Port,
        SmtpSimulator mail => mail.EndPoint.Port,
        ControlHost control => control.Address.Port,
        ChaosPage chaos => chaos.Address.Port,
        _ => throw new ArgumentException($"A {peer.GetType().Name} has no port.", nameof(peer)),
    };
}

/// <summary>What a tenant's settings must say to reach its peers.</summary>
public sealed record DemoConnection(
    DemoTenant Tenant, UcmSimulator Pbx, string ApiUser, string ApiPassword, Uri Gdms, GdmsLogin GdmsLogin, string DeviceMac, long Organization, string Stun)
{
    /// <summary>The mail server.</summary>
    public required DemoMail Mail { get; init; }
}

/// <summary>What settings must say to send mail.</summary>
public sealed record DemoMail(System.Net.IPEndPoint EndPoint, string User, string Password, string CertificateSha256);
