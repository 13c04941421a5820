using System.Security.Cryptography;
using System.Text;
using CallCenter.Simulators.Hosting;
using CallCenter.Simulators.Sip;
using CallCenter.Tests.Architecture;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The bundled softphone alone, in pages of real Chromium, and the simulated SIP server with its own numbers and its trunk.</summary>
internal sealed class SoftphoneBench : IAsyncDisposable
{
    private const string Realm = "pbx.example.test", Password = "Xy7!demoDemo";

    private readonly List<PhonePage> _pages = [];
    private readonly Chromium _chromium;
    private LoopbackHost? _host;

    private readonly Uri? _server;

    private SoftphoneBench(Chromium chromium, Uri? server) => (_chromium, _server) = (chromium, server);

    public SipWebSocketServer Sip { get; } = new(new SipServerOptions
    {
        Realm = Realm,
        PasswordOf = user => user is ['1', ..] or "wrong" ? Password : null,
        Media = new SipMediaOptions { RingTime = TimeSpan.FromMilliseconds(300) },
    });

    private Uri Address => _host?.Address ?? throw new InvalidOperationException("Not started.");

    /// <param name="server">Address of another SIP server; null for the simulated one.</param>
    public static async Task<SoftphoneBench> StartAsync(Uri? server = null)
    {
        var bench = new SoftphoneBench(await Chromium.StartAsync(
            "--allow-loopback-in-peer-connection", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"), server);
        bench._host = await LoopbackHost.StartAsync(new LoopbackHostOptions { Https = false }, bench.ServeAsync);
        return bench;
    }

    /// <summary>Opens a page whose phone is registered.</summary>
    public async Task<PhonePage> RegisteredAsync(string user)
    {
        var page = await OpenAsync(user);
        await page.RegisteredAsync();
        return page;
    }

    public async Task<PhonePage> OpenAsync(string user, PhonePage? sameBrowserAs = null)
    {
        var page = await PhonePage.OpenAsync(_chromium.Browser, Address, user, sameBrowserAs);
        _pages.Add(page);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in Enumerable.Reverse(_pages))
        {
            await page.DisposeAsync();
        }

        await _chromium.DisposeAsync();
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Sip.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/ws":
                await Sip.HandleAsync(context);
                break;
            case "/softphone.js":
                context.Response.ContentType = "text/javascript";
                await context.Response.SendFileAsync(Path.Combine(Sources.Root, "CallCenter.Web", "wwwroot", "dist", "softphone.js"));
                break;
            case "/phone/session":
                await context.Response.WriteAsJsonAsync(Session(context.Request.Query["user"].ToString()));
                break;
            default:
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<!DOCTYPE html><html lang=en><title>Phone</title><link rel=icon href=data:,><h1>Phone</h1></html>");
                break;
        }
    }

    private object Session(string user) => new
    {
        account = new { uri = $"sip:{user}@{Realm}", authUser = user, realm = Realm, ha1 = Ha1(user), displayName = $"Agent {user}" },
        servers = new[] { new { url = _server?.ToString() ?? $"ws://127.0.0.1:{Address.Port}/ws", weight = 1 } },
        iceServers = Array.Empty<object>(),
        expiresAt = (long?)null,
        policy = new
        {
            registerSeconds = 600,
            dtmf = "rfc2833",
            maxCalls = 4,
            autoAnswer = "never",
            parkNumber = "700",
            conferenceNumber = "6300",
            mediaTimeoutSeconds = 60,
        },
    };

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "SIP's digest is MD5.")]
    private static string Ha1(string user) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{user}:{Realm}:{(user == "wrong" ? "wrong" : Password)}")));
}
