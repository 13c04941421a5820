using System.Text.Json;
using Microsoft.Playwright;

namespace CallCenter.Tests.EndToEnd;

/// <summary>A page with nothing but the softphone's module in it, and its snapshots.</summary>
internal sealed class PhonePage : IAsyncDisposable
{
    private const string CountConnections = """
        const Real = RTCPeerConnection;
        window.connections = [];
        window.RTCPeerConnection = class extends Real { constructor(...all) { super(...all); window.connections.push(this); } };
        """;

    private const string Start = """
        async user => {
          window.phone = await import('/softphone.js');
          window.phone.start({ user, sessionUrl: `/phone/session?user=${user}`, ringtone: 'classic', texts: { incomingCall: 'Incoming call' } });
        }
        """;

    private const string Received = """
        async () => {
          const live = window.connections.filter(one => one.signalingState !== 'closed').at(-1);
          const rows = live ? [...(await live.getStats()).values()] : [];
          const inbound = rows.find(row => row.type === 'inbound-rtp');
          return { packets: inbound?.packetsReceived ?? 0, energy: inbound?.totalAudioEnergy ?? 0 };
        }
        """;

    private readonly IBrowserContext _context;
    private readonly bool _ownsContext;

    private PhonePage(IBrowserContext context, bool ownsContext, IPage page, string user)
    {
        _context = context;
        _ownsContext = ownsContext;
        Page = page;
        User = user;
    }

    public IPage Page { get; }

    public string User { get; }

    public static async Task<PhonePage> OpenAsync(IBrowser browser, Uri address, string user, PhonePage? sameBrowserAs = null)
    {
        var context = sameBrowserAs?._context ?? await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(CountConnections);
        await page.GotoAsync(address.ToString());
        await page.EvaluateAsync(Start, user);
        return new PhonePage(context, sameBrowserAs is null, page, user);
    }

    public async ValueTask DisposeAsync()
    {
        if (_ownsContext)
        {
            await _context.CloseAsync();
        }
        else
        {
            await Page.CloseAsync();
        }
    }

    /// <summary>Carries a command out; gives the error's code, or null when it succeeded.</summary>
    public async Task<string?> CommandAsync(string name, object arguments)
    {
        var result = await Page.EvaluateAsync<JsonElement>("([name, args]) => window.phone.cmd(crypto.randomUUID(), name, args)", new object[] { name, arguments });
        return result.TryGetProperty("error", out var error) ? error.GetString() : null;
    }

    public async Task<JsonElement> SnapshotAsync() =>
        JsonDocument.Parse(await Page.EvaluateAsync<string>("() => JSON.stringify(window.phone.snapshot())")).RootElement;

    /// <summary>Waits until the snapshot fulfils a condition written in JavaScript over <c>s</c>.</summary>
    public async Task UntilAsync(string condition)
    {
        try
        {
            await Page.WaitForFunctionAsync($"() => {{ const s = window.phone.snapshot(); return {condition}; }}", null, new() { Timeout = 90_000, PollingInterval = 50 });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{User}: never {condition}; it was {await SnapshotAsync()}");
        }
    }

    public Task RegisteredAsync() => UntilAsync("s.line.state === 'registered'");

    public async Task<string> CallIdAsync(int index = 0) => (await SnapshotAsync()).GetProperty("calls")[index].GetProperty("id").GetString()!;

    /// <summary>Calls a number that somebody answers, and waits until there is sound.</summary>
    /// <returns>The call.</returns>
    public async Task<string> DialAsync(string number)
    {
        Assert.Null(await CommandAsync("dial", new { number }));
        await UntilAsync("s.calls.at(-1)?.state === 'active'");
        var calls = (await SnapshotAsync()).GetProperty("calls");
        return calls[calls.GetArrayLength() - 1].GetProperty("id").GetString()!;
    }

    /// <summary>Answers the call that rings or will ring here.</summary>
    public async Task AnswerAsync()
    {
        await UntilAsync("s.calls.some(c => c.state === 'ringing')");
        var ringing = (await SnapshotAsync()).GetProperty("calls").EnumerateArray().First(c => c.GetProperty("state").GetString() == "ringing").GetProperty("id").GetString();
        Assert.Null(await CommandAsync("answer", new { callId = ringing }));
        await UntilAsync($"s.calls.find(c => c.id === '{ringing}')?.state === 'active'");
    }

    /// <summary>Calls another, who answers; both have audio when this returns. Gives both ends' ids.</summary>
    public async Task<(string Ours, string Theirs)> CallAsync(PhonePage other)
    {
        Assert.Null(await CommandAsync("dial", new { number = other.User }));
        await other.UntilAsync("s.calls.some(c => c.state === 'ringing')");
        var theirs = (await other.SnapshotAsync()).GetProperty("calls").EnumerateArray().First(c => c.GetProperty("state").GetString() == "ringing").GetProperty("id").GetString()!;
        Assert.Null(await other.CommandAsync("answer", new { callId = theirs }));
        await UntilAsync("s.calls.at(-1)?.state === 'active'");
        await other.UntilAsync($"s.calls.find(c => c.id === '{theirs}')?.state === 'active'");
        var calls = (await SnapshotAsync()).GetProperty("calls");
        return (calls[calls.GetArrayLength() - 1].GetProperty("id").GetString()!, theirs);
    }

    /// <summary>Audio comes in: packets and energy grow.</summary>
    public async Task HearsAsync()
    {
        var before = await Page.EvaluateAsync<JsonElement>(Received);
        for (var i = 0; i < 600; i++)
        {
            await Task.Delay(100);
            var now = await Page.EvaluateAsync<JsonElement>(Received);
            if (now.GetProperty("packets").GetInt32() > before.GetProperty("packets").GetInt32() + 20
                && now.GetProperty("energy").GetDouble() > before.GetProperty("energy").GetDouble())
            {
                return;
            }
        }

        Assert.Fail($"{User} hears nothing: {await Page.EvaluateAsync<JsonElement>(Received)} after {before}");
    }
}
