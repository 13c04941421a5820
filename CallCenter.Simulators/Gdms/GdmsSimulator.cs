using System.Globalization;
using System.Text.Json;
using CallCenter.Simulators.Faults;
using CallCenter.Simulators.Hosting;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Simulators.Gdms;

/// <summary>One region of the GDMS cloud on loopback: tokens, signed calls, organisations, sites, devices, tasks.</summary>
public sealed class GdmsSimulator : IAsyncDisposable
{
    private const string Resources = "/oapi/v1.0.0/";
    private const int RequestsKept = 2_000;

    private static readonly string[] Writes = [Resources + "device/add", Resources + "device/edit", Resources + "task/add"];

    private readonly GdmsSimulatorOptions _options;
    private readonly GdmsTokens _tokens;
    private readonly GdmsAuthority _authority;
    private readonly GdmsEndpoints _endpoints;
    private readonly Queue<GdmsRequest> _requests = new();
    private readonly Lock _gate = new();
    private volatile GdmsQuirks _quirks;
    private LoopbackHost? _host;

    private GdmsSimulator(GdmsSimulatorOptions options)
    {
        _options = options;
        _quirks = options.Quirks;
        World = new GdmsWorld(options);
        _tokens = new GdmsTokens(Faults, options.Time);
        _authority = new GdmsAuthority(World, _tokens, Faults, options.Time);
        _endpoints = new GdmsEndpoints(World);
    }

    /// <summary>Scheme, 127.0.0.1 and port; stands in for the region's host.</summary>
    public Uri Address => _host!.Address;

    /// <summary>SHA-256 of the certificate; null without HTTPS.</summary>
    public string? CertificateSha256 => _host!.CertificateSha256;

    public FaultSwitch Faults { get; } = new();

    /// <summary>What varies; assign a changed copy.</summary>
    public GdmsQuirks Quirks
    {
        get => _quirks;
        set => _quirks = value;
    }

    /// <summary>The data, readable and changeable while it runs.</summary>
    public GdmsWorld World { get; }

    /// <summary>The last requests in the order they came, at most 2,000.</summary>
    public IReadOnlyList<GdmsRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Starts it; returns when connections are accepted.</summary>
    public static async Task<GdmsSimulator> StartAsync(GdmsSimulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var simulator = new GdmsSimulator(options ?? new GdmsSimulatorOptions());
        simulator._host = await LoopbackHost.StartAsync(
            new LoopbackHostOptions
            {
                Port = simulator._options.Port,
                Https = simulator._options.Https,
                CertificateName = "gdms.example.test",
                Faults = simulator.Faults,
            },
            simulator.HandleAsync,
            cancellationToken);
        return simulator;
    }

    /// <summary>Changes a user's password and ends that user's tokens.</summary>
    /// <exception cref="InvalidOperationException">No such user.</exception>
    public void ChangePassword(string userName, string password)
    {
        World.PutLogin(World.Logins.First(l => l.UserName == userName) with { Password = password });
        _tokens.Revoke(userName);
    }

    /// <summary>The control endpoints of this simulator: faults, quirks, devices, requests.</summary>
    public ControlledSimulator Control(string name) => new(name, new Dictionary<string, ControlResource>
    {
        ["faults"] = ControlHost.FaultsResource(Faults),
        ["quirks"] = new(() => Quirks, patch => Quirks = ControlHost.Merge(Quirks, patch)),
        ["devices"] = new(() => World.Devices, patch =>
        {
            var mac = patch["mac"]?.GetValue<string>() ?? throw new JsonException("'mac' is needed.");
            var device = World.FindDevice(mac) ?? throw new JsonException("There is no such device.");
            World.PutDevice(ControlHost.Merge(device, patch));
        }),
        ["tasks"] = new(() => World.Tasks),
        ["requests"] = new(() => Requests),
    });

    public async ValueTask DisposeAsync()
    {
        if (_host is { } host)
        {
            await host.DisposeAsync();
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        var call = await GdmsCall.ReadAsync(context);
        var reply = Answer(call);
        var isWrite = Writes.Contains(call.Path) && reply.Status == 200;
        if (isWrite && Quirks.WriteErrorStatus is >= 500 and <= 599 and var fault)
        {
            reply = GdmsReply.HttpError(fault, "Server Error", call.Path);
        }

        lock (_gate)
        {
            _requests.Enqueue(new GdmsRequest(
                _options.Time.GetUtcNow(), call.Method, call.Path, call.BodyText, reply.Status, reply.RetCode));
            while (_requests.Count > RequestsKept)
            {
                _requests.Dequeue();
            }
        }

        if (isWrite && Quirks.LoseWriteAnswers)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = "application/json;charset=UTF-8";
        if (reply.RetryAfter is { } pause)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await context.Response.WriteAsync(reply.Body.ToJsonString(GdmsReply.Json), context.RequestAborted);
    }

    private GdmsReply Answer(GdmsCall call)
    {
        var quirks = Quirks;
        if (TakeThrottle(quirks))
        {
            return GdmsReply.HttpError(429, "Too Many Requests", call.Path) with { RetryAfter = quirks.RetryAfter };
        }

        if (call.Path == "/oapi/oauth/token")
        {
            return _authority.Token(call, quirks);
        }

        if (!call.Path.StartsWith(Resources, StringComparison.Ordinal))
        {
            return GdmsReply.HttpError(404, "Not Found", call.Path);
        }

        if (quirks.ServerErrorStatus is >= 500 and <= 599)
        {
            return GdmsReply.HttpError(quirks.ServerErrorStatus, "Server Error", call.Path);
        }

        return _authority.Check(call, quirks) ?? FailPage(call) ?? _endpoints.Handle(call.Path[Resources.Length..], call, quirks);
    }

    // Mid-listing: the other pages are answered.
    private GdmsReply? FailPage(GdmsCall call)
    {
        int status;
        lock (_gate)
        {
            if (call.Path != Resources + "device/list" || _quirks.FailingPage < 1 || _quirks.FailingPageTimes == 0
                || (call.Number("pageNum") ?? 1) != _quirks.FailingPage)
            {
                return null;
            }

            status = _quirks.FailingPageStatus;
            _quirks = _quirks with { FailingPageTimes = _quirks.FailingPageTimes - 1 };
        }

        switch (status)
        {
            case 401:
                Faults.ExpireSessionsOnce();
                return GdmsReply.OAuthError(401, "invalid_token", "Invalid access token");
            case 429:
                return GdmsReply.HttpError(429, "Too Many Requests", call.Path) with { RetryAfter = Quirks.RetryAfter };
            case >= 500 and <= 599:
                return GdmsReply.HttpError(status, "Server Error", call.Path);
            default:
                return GdmsReply.Ok(new { total = World.Devices.Count, pages = call.Number("pageNum"), pageNum = call.Number("pageNum"), result = new[] { new { mac = "no address" } } });
        }
    }

    private bool TakeThrottle(GdmsQuirks quirks)
    {
        if (quirks.Throttle)
        {
            return true;
        }

        lock (_gate)
        {
            if (_quirks.ThrottleNext <= 0)
            {
                return false;
            }

            _quirks = _quirks with { ThrottleNext = _quirks.ThrottleNext - 1 };
            return true;
        }
    }
}
