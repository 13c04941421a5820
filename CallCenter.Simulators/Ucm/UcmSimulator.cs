using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Faults;
using CallCenter.Simulators.Hosting;
using CallCenter.Simulators.Ucm.Accounts;
using CallCenter.Simulators.Ucm.Actions;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Simulators.Ucm;

/// <summary>
/// A Grandstream UCM on a loopback port: HTTPS API, call detail, recordings, and a place for SIP over WebSocket. It follows
/// what is known of real ones, never what a client of ours would like.
/// </summary>
public sealed class UcmSimulator : IAsyncDisposable
{
    private readonly UcmPbx _pbx;
    private readonly UcmApi _api;
    private LoopbackHost _host = null!;
    private volatile UcmQuirks _quirks;

    private UcmSimulator(UcmSimulatorOptions options)
    {
        var zone = options.Zone ?? options.Calls?.Zone ?? TimeZoneInfo.Utc;
        Options = options;
        Ledger = new CallLedger(zone);
        Accounts = new UcmAccounts(new UcmPhones(options.TimeProvider));
        _quirks = options.Quirks;
        WebSocketHandler = options.WebSocketHandler;
        var schedule = options.Calls is { } calls ? new CallSchedule(new CallGenerator(calls), Ledger) : null;
        _pbx = new UcmPbx(options, zone, Accounts, Ledger, schedule);
        _api = new UcmApi(_pbx, Requests, () => _quirks);
        foreach (var (index, extension) in (options.Extensions ?? options.Calls?.Extensions ?? []).Index())
        {
            Accounts.Seed(extension, index);
        }
    }

    /// <summary>What it was started with.</summary>
    public UcmSimulatorOptions Options { get; }

    /// <summary><c>https://127.0.0.1:port/</c></summary>
    public Uri Address => _host.Address;

    public int Port => _host.Port;

    /// <summary>SHA-256 of its certificate as 64 upper-case hex digits.</summary>
    public string CertificateSha256 => _host.CertificateSha256!;

    public FaultSwitch Faults => Options.Faults;

    /// <summary>How its firmware behaves; may be replaced at any time.</summary>
    public UcmQuirks Quirks
    {
        get => _quirks;
        set => _quirks = value;
    }

    /// <summary>Every finished call. Brought up to the simulator's clock by each request and by <see cref="Advance"/>.</summary>
    public CallLedger Ledger { get; }

    public UcmAccounts Accounts { get; }

    public UcmPhones Phones => Accounts.Phones;

    /// <summary>What goes wrong with single writes.</summary>
    public UcmMishapSwitch Mishaps => _pbx.Mishaps;

    public UcmRequestLog Requests { get; } = new();

    /// <summary>The most API calls that were under way at once in one session; a careful client keeps it at 1.</summary>
    public int MostParallelCalls => _api.MostParallel;

    /// <summary>Serves <see cref="UcmSimulatorOptions.WebSocketPath"/>; null answers 404.</summary>
    public Func<HttpContext, Task>? WebSocketHandler { get; set; }

    /// <summary>Starts it. Call detail up to the present is there when this returns.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<UcmSimulator> StartAsync(UcmSimulatorOptions options, CancellationToken cancellationToken = default)
    {
        var simulator = new UcmSimulator(options);
        simulator.Advance();
        simulator._host = await LoopbackHost.StartAsync(
            new LoopbackHostOptions
            {
                Port = options.Port,
                CertificateName = "UCM-" + options.Mac.Replace(":", "", StringComparison.Ordinal),
                CertificateFile = options.CertificateFile,
                Faults = options.Faults,
            },
            simulator.HandleAsync,
            cancellationToken);
        return simulator;
    }

    /// <summary>Writes the calls that have ended by the simulator's clock.</summary>
    public void Advance() => _pbx.Schedule?.AdvanceTo(_pbx.Time.GetUtcNow());

    /// <summary>Whether a phone that really exists has the extension; the generated calls leave it alone then.</summary>
    public void Hold(string extension, bool isHeld)
    {
        // What happened until now happened as it was until now.
        Advance();
        _pbx.Schedule?.Hold(extension, isHeld);
    }

    /// <summary>Lets a call of the given kind end just now.</summary>
    /// <exception cref="InvalidOperationException">The simulator was started without calls.</exception>
    public IReadOnlyList<LedgerCall> AddCall(Scenario scenario)
    {
        Advance();
        return (_pbx.Schedule ?? throw new InvalidOperationException("This PBX has no call generator."))
            .AddFinished(scenario, _pbx.Time.GetUtcNow());
    }

    /// <summary>What scripts may read and switch at run time.</summary>
    public ControlledSimulator Controlled() => new(Options.Name, new Dictionary<string, ControlResource>
    {
        ["faults"] = ControlHost.FaultsResource(Faults),
        ["quirks"] = new(() => Quirks, patch => Quirks = ControlHost.Merge(Quirks, patch)),
        ["mishaps"] = new(() => Mishaps.Current, patch => Mishaps.Update(mishaps => ControlHost.Merge(mishaps, patch))),
        ["phones"] = new(() => Phones.All, ChangePhones),
        ["flapping"] = new(() => new UcmFlapping(), patch => Flap(ControlHost.Merge(new UcmFlapping(), patch))),
        ["ledger"] = new(() =>
        {
            Advance();
            return Ledger.Calls;
        }),
        ["requests"] = new(() => Requests.All),
        ["sessions"] = new(() => new { Faults.SessionGeneration }, _ => Faults.ExpireSessionsOnce()),
        ["calls"] = new(() => _pbx.LiveCalls, patch => AddCall(ScenarioOf(patch))),
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private void ChangePhones(JsonObject patch)
    {
        foreach (var (extension, address) in patch)
        {
            if (!Accounts.Running.ContainsKey(extension))
            {
                throw new JsonException($"There is no extension '{extension}'.");
            }

            Accounts.SetRegistered(extension, address?.ToString() is { Length: > 0 } text ? text : null);
        }
    }

    private void Flap(UcmFlapping flapping)
    {
        if (!Accounts.Running.ContainsKey(flapping.Extension))
        {
            throw new JsonException($"There is no extension '{flapping.Extension}'.");
        }

        Phones.Flap(flapping.Extension, flapping.Period);
    }

    private static Scenario ScenarioOf(JsonObject patch) =>
        Enum.TryParse<Scenario>(patch["scenario"]?.ToString(), ignoreCase: true, out var scenario)
            ? scenario
            : throw new JsonException("'scenario' is missing or unknown.");

    private Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path == Options.WebSocketPath)
        {
            return WebSocketAsync(context);
        }

        if (path == "/api" && !Quirks.ApiSwitchedOff && HttpMethods.IsPost(context.Request.Method))
        {
            return _api.HandleAsync(context);
        }

        if (path == "/")
        {
            context.Response.ContentType = "text/html;charset=UTF-8";
            return context.Response.WriteAsync("<!doctype html><title>Simulated UCM</title><p>The web UI of a real UCM is here.</p>", context.RequestAborted);
        }

        var reply = path switch
        {
            "/api" when Quirks.ApiSwitchedOff => null,
            _ when path == "/api" || path.StartsWith("/api/", StringComparison.Ordinal) => UcmReply.InvalidParameters(),

            // The web UI's own endpoint never lets API users in.
            "/cgi" => UcmReply.Failure(UcmStatus.WrongAccountOrPassword),
            _ => null,
        };
        if (reply is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = reply.ContentType;
        return context.Response.Body.WriteAsync(reply.ToBytes(), context.RequestAborted).AsTask();
    }

    private Task WebSocketAsync(HttpContext context)
    {
        if (WebSocketHandler is { } handler && context.WebSockets.IsWebSocketRequest)
        {
            return handler(context);
        }

        context.Response.StatusCode = WebSocketHandler is null
            ? StatusCodes.Status404NotFound
            : StatusCodes.Status426UpgradeRequired;
        return Task.CompletedTask;
    }
}

/// <summary>A phone that comes and goes, as scripts ask for it.</summary>
internal sealed record UcmFlapping
{
    public string Extension { get; init; } = "";

    /// <summary>Zero ends it.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(45);
}
