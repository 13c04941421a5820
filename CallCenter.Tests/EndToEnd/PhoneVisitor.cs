using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>A person at the portal with the phone in the page, and what comes out of its loudspeaker.</summary>
internal sealed class PhoneVisitor : IAsyncDisposable
{
    private const string CountConnections = """
        const Real = RTCPeerConnection;
        window.connections = [];
        window.RTCPeerConnection = class extends Real { constructor(...all) { super(...all); window.connections.push(this); } };
        """;

    private const string Received = """
        async () => {
          let packets = 0;
          for (const one of window.connections.filter(one => one.signalingState !== 'closed')) {
            for (const row of (await one.getStats()).values()) if (row.type === 'inbound-rtp') packets += row.packetsReceived;
          }
          return packets;
        }
        """;

    private const string Shown = """
        () => JSON.stringify({
          address: location.pathname,
          circuit: document.getElementById('components-reconnect-modal')?.className,
          inCall: document.documentElement.hasAttribute('data-in-call'),
          phone: [...document.querySelectorAll('.phone-pill, .phone-panel, .phone-bar')].map(part => part.innerText),
          noted: performance.getEntriesByType('mark').filter(mark => mark.name.startsWith('softphone.')).slice(-40)
            .map(mark => [Math.round(mark.startTime), mark.name.slice(10), mark.detail]),
          now: Math.round(performance.now()),
        })
        """;

    /// <summary>Milliseconds that a phone may need on a machine with much else to do: each of its steps takes several processes.</summary>
    public const float Patience = 90_000;

    private readonly Visitor _visitor;

    private PhoneVisitor(Visitor visitor, string number) => (_visitor, Number) = (visitor, number);

    public Visitor Visitor => _visitor;

    public IPage Page => _visitor.Page;

    public string Number { get; }

    public static async Task<PhoneVisitor> ArriveAsync(Chromium chromium, RunningPortal portal, string email, string number, string path, VisitorOptions? options = null, string? script = null, Func<IPage, Task>? prepare = null)
    {
        var visitor = await Visitor.ArriveAsync(chromium, portal, options ?? new VisitorOptions());
        await visitor.Page.AddInitScriptAsync(CountConnections);
        if (script is not null)
        {
            await visitor.Page.AddInitScriptAsync(script);
        }

        if (prepare is not null)
        {
            await prepare(visitor.Page);
        }

        await visitor.BecomeAsync(email);
        await visitor.OpenAsync(path);
        return new PhoneVisitor(visitor, number);
    }

    /// <summary>The pill, or the state it says.</summary>
    public Task PillSaysAsync(string text) => ToldAsync(() => Expect(Page.Locator(".phone-pill")).ToContainTextAsync(text, new() { Timeout = Patience }));

    public Task SeesAsync(string selector, string text) => ToldAsync(() => Expect(Page.Locator(selector).First).ToContainTextAsync(text, new() { Timeout = Patience }));

    public Task PressAsync(string selector) => ToldAsync(() => Page.ClickAsync(selector, new() { Timeout = Patience }));

    /// <summary>Types a number and dials it with Enter.</summary>
    public async Task DialAsync(string number)
    {
        if (!await Page.Locator("#phone-number").IsVisibleAsync())
        {
            await Page.ClickAsync(".phone-pill");
        }

        await Page.FillAsync("#phone-number", number);
        await Page.PressAsync("#phone-number", "Enter");
    }

    public async Task AnswerAsync()
    {
        await Page.Locator(".phone-call.is-ringing").WaitForAsync(new() { Timeout = Patience });
        await Page.Keyboard.PressAsync("F2");
        await InCallAsync();
    }

    public Task InCallAsync() =>
        ToldAsync(() => Expect(Page.Locator(".phone-call .phone-call-kind", new() { HasText = "In a call" })).ToHaveCountAsync(1, new() { Timeout = Patience }));

    public Task NoCallAsync() => ToldAsync(() => Expect(Page.Locator(".phone-call:not(.is-over)")).ToHaveCountAsync(0, new() { Timeout = Patience }));

    /// <summary>A failure says what the page showed, what its circuit was like, and what the phone's engine noted.</summary>
    private async Task ToldAsync(Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (Exception failure) when (failure is PlaywrightException or TimeoutException)
        {
            throw new InvalidOperationException($"{failure.Message}\n{Number} shows: {await Page.EvaluateAsync<string>(Shown)}", failure);
        }
    }

    /// <summary>Audio comes in.</summary>
    public async Task HearsAsync()
    {
        var before = await Page.EvaluateAsync<JsonElement>(Received);
        for (var i = 0; i < 600; i++)
        {
            await Task.Delay(100);
            if ((await Page.EvaluateAsync<JsonElement>(Received)).GetInt32() > before.GetInt32() + 20)
            {
                return;
            }
        }

        Assert.Fail($"{Number} hears nothing.");
    }

    public ValueTask DisposeAsync() => _visitor.DisposeAsync();
}
