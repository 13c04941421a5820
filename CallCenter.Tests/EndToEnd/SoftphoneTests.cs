using System.Security.Cryptography;
using System.Text;
using CallCenter.Simulators.Hosting;
using CallCenter.Simulators.Sip;
using CallCenter.Tests.Architecture;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The bundled softphone in real Chromium against the simulated SIP server, with real audio.</summary>
public sealed class SoftphoneTests : IAsyncLifetime
{
    private const string Realm = "pbx.example.test", Password = "Xy7!demoDemo";

    private readonly SipWebSocketServer _sip = new(new SipServerOptions { Realm = Realm, PasswordOf = _ => Password });
    private readonly List<PhonePage> _pages = [];
    private Chromium _chromium = null!;
    private LoopbackHost _host = null!;

    public async Task InitializeAsync()
    {
        _chromium = await Chromium.StartAsync(
            "--allow-loopback-in-peer-connection", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required");
        _host = await LoopbackHost.StartAsync(new LoopbackHostOptions { Https = false }, ServeAsync);
    }

    public async Task DisposeAsync()
    {
        foreach (var page in Enumerable.Reverse(_pages))
        {
            await page.DisposeAsync();
        }

        await _chromium.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Call_HeldAndResumed_HasAudioBothWays()
    {
        var (one, two) = await TwoAsync();
        var (ours, theirs) = await one.CallAsync(two);
        await BothHearAsync(one, two);

        Assert.Null(await two.CommandAsync("hold", new { callId = theirs }));
        await one.UntilAsync("s.calls[0].remoteHold");
        Assert.Null(await two.CommandAsync("resume", new { callId = theirs }));
        await one.UntilAsync("!s.calls[0].remoteHold");
        await BothHearAsync(one, two);
        Assert.Null(await one.CommandAsync("hangUp", new { callId = ours }));

        await two.UntilAsync("s.calls.length === 0 && s.ended[0]?.endedBy === 'remote'");
    }

    [Fact]
    public async Task Hold_CrossedUntilGivenUp_LeavesAudioOnBothSides()
    {
        var (one, two) = await TwoAsync();
        var (_, theirs) = await one.CallAsync(two);
        _sip.Faults = new SipFaults { Glare = 4 };

        // The answering side: there a rollback would have stopped the media.
        Assert.Equal("offer.crossed", await two.CommandAsync("hold", new { callId = theirs }));

        await BothHearAsync(one, two);
    }

    [Fact]
    public async Task SocketsDropped_InACall_AudioGoesOnAndTheCallIsControlledAgain()
    {
        var (one, two) = await TwoAsync();
        var (ours, theirs) = await one.CallAsync(two);

        _sip.DropConnections();
        await one.UntilAsync("s.line.state !== 'registered'");
        await BothHearAsync(one, two);
        await one.RegisteredAsync();
        await two.RegisteredAsync();
        Assert.Null(await one.CommandAsync("hold", new { callId = ours }));
        await two.UntilAsync("s.calls[0].remoteHold");
        Assert.Null(await two.CommandAsync("hangUp", new { callId = theirs }));

        await one.UntilAsync("s.calls.length === 0");
    }

    [Fact]
    public async Task AttendedTransfer_JoinsTheOtherTwo()
    {
        var (one, two) = await TwoAsync();
        var three = await OpenAsync("1003");
        var (first, _) = await one.CallAsync(two);
        var (second, _) = await one.CallAsync(three);
        await one.UntilAsync("s.calls[0].localHold");

        Assert.Null(await one.CommandAsync("transferTo", new { callId = first, otherCallId = second }));

        await one.UntilAsync("s.calls.length === 0");
        await two.UntilAsync("s.calls.length === 1 && s.calls[0].state === 'active'");
        await three.UntilAsync("s.calls.length === 1 && s.calls[0].state === 'active'");
        await BothHearAsync(two, three);
    }

    [Fact]
    public async Task SecondTab_DialsThroughTheFirst_AndLeadsWhenItIsClosed()
    {
        var (one, two) = await TwoAsync();
        var second = await PhonePage.OpenAsync(_chromium.Browser, _host.Address, "1001", one);
        _pages.Add(second);
        await second.UntilAsync("!s.leader && s.line.state === 'registered'");
        await second.CallAsync(two);

        await one.Page.CloseAsync();

        await two.UntilAsync("s.calls.length === 0");
        await second.UntilAsync("s.leader && s.line.state === 'registered' && s.ended.length === 1");
    }

    [Fact]
    public async Task WrongPassword_IsToldAndNotTriedForEver()
    {
        var page = await PhonePage.OpenAsync(_chromium.Browser, _host.Address, "wrong");
        _pages.Add(page);

        await page.UntilAsync("s.line.state === 'authFailed' && s.line.cause === 'line.credentials'");
    }

    private static Task BothHearAsync(PhonePage one, PhonePage two) => Task.WhenAll(one.HearsAsync(), two.HearsAsync());

    private async Task<(PhonePage One, PhonePage Two)> TwoAsync() => (await OpenAsync("1001"), await OpenAsync("1002"));

    private async Task<PhonePage> OpenAsync(string user)
    {
        var page = await PhonePage.OpenAsync(_chromium.Browser, _host.Address, user);
        _pages.Add(page);
        await page.RegisteredAsync();
        return page;
    }

    private async Task ServeAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/ws":
                await _sip.HandleAsync(context);
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
        servers = new[] { new { url = $"ws://127.0.0.1:{_host.Port}/ws", weight = 1 } },
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
    private static string Ha1(string user) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{user}:{Realm}:{(user == "wrong" ? "wrong" : Password)}")));
}
