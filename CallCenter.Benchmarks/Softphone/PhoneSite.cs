using System.Security.Cryptography;
using System.Text;
using CallCenter.Simulators.Hosting;
using CallCenter.Simulators.Sip;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Benchmarks.Softphone;

/// <summary>A web server with the two pages and the simulated SIP server, the same for both.</summary>
internal sealed class PhoneSite(string scripts) : IAsyncDisposable
{
    private const string Realm = "pbx.example.test", Password = "Xy7!benchmark";

    private readonly SipWebSocketServer _sip = new(new SipServerOptions { Realm = Realm, PasswordOf = _ => Password });
    private LoopbackHost? _host;

    public Uri Address => Host.Address;

    private LoopbackHost Host => _host ?? throw new InvalidOperationException("Not started.");

    public async Task StartAsync() => _host = await LoopbackHost.StartAsync(new LoopbackHostOptions { Https = false }, ServeAsync);

    public async ValueTask DisposeAsync()
    {
        if (_host is { } host)
        {
            await host.DisposeAsync();
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/ws":
                await _sip.HandleAsync(context);
                break;
            case "/ours.js" or "/plain.js":
                context.Response.ContentType = "text/javascript";
                await context.Response.SendFileAsync(Path.Combine(scripts, context.Request.Path.Value[1..]));
                break;
            case "/phone/session":
                await context.Response.WriteAsJsonAsync(Session(context.Request.Query["user"].ToString()));
                break;
            default:
                var kind = context.Request.Path.Value == "/plain" ? "plain" : "ours";
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync($"<!DOCTYPE html><title>{kind}</title><link rel=icon href=data:,><script type=module src=/{kind}.js></script>");
                break;
        }
    }

    private object Session(string user) => new
    {
        account = new { uri = $"sip:{user}@{Realm}", authUser = user, realm = Realm, ha1 = Ha1(user), displayName = user },
        servers = new[] { new { url = $"ws://127.0.0.1:{Host.Port}/ws", weight = 1 } },
        iceServers = Array.Empty<object>(),
        expiresAt = (long?)null,
        policy = new
        {
            registerSeconds = 600,
            dtmf = "rfc2833",
            maxCalls = 4,
            autoAnswer = "never",
            parkNumber = (string?)null,
            conferenceNumber = (string?)null,
            mediaTimeoutSeconds = 60,
        },
    };

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "SIP's digest is MD5.")]
    private static string Ha1(string user) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{user}:{Realm}:{Password}")));
}
