using CallCenter.Simulators.Sip;
using CallCenter.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>What befalls a call in the portal's pages: circuits, servers and tabs that go away in the middle of it.</summary>
[Collection(PhonePortalCollection.Name)]
public sealed class PhoneStormsJourneyTests(PhonePortal phones)
{
    private const string Notice = "#components-reconnect-modal";

    private readonly RunningPortal _portal = phones.Portal;

    private SipWebSocketServer Sip => _portal.Peers.Sip["demo"];

    [Fact]
    public async Task Call_CircuitPbxAndTabsGoAway_GoesOnOrIsEndedForBoth()
    {
        var numbers = await PhoneOwners.GiveAsync(_portal, "demo", "agent", "owner", "supervisor");
        var circuits = new Circuits();
        await using var agent = await phones.ArriveAsync("agent@demo.example", numbers[0], "/demo/calls", prepare: circuits.WatchAsync);
        await using var owner = await phones.ArriveAsync("owner@demo.example", numbers[1], "/demo/calls");
        await Task.WhenAll(agent.PillSaysAsync("Ready"), owner.PillSaysAsync("Ready"));
        await agent.DialAsync(owner.Number);
        await owner.AnswerAsync();
        await agent.InCallAsync();

        // The circuit: the bar of the script holds and resumes, and the panel is there again after it.
        await circuits.CutAsync();
        await Expect(agent.Page.Locator($"{Notice}.components-reconnect-show")).ToContainTextAsync("Your call goes on", new() { Timeout = PhoneVisitor.Patience });
        await agent.Page.ClickAsync(".phone-bar [data-phone-act=hold]");
        await owner.SeesAsync(".phone-call-kind", "Held by the other side");
        await agent.Page.ClickAsync(".phone-bar [data-phone-act=hold]");
        await owner.InCallAsync();
        await Task.WhenAll(agent.HearsAsync(), owner.HearsAsync());
        circuits.Mend();
        await Expect(agent.Page.Locator($"{Notice}.components-reconnect-show")).ToHaveCountAsync(0, new() { Timeout = PhoneVisitor.Patience });
        await agent.InCallAsync();

        // The PBX is killed: sound goes on, and when it is back the call is held and resumed through it.
        _portal.Peers.Pbxs["demo"].Faults.RefuseConnections = true;
        await Waiting.UntilAsync(() => Sip.Bindings.Count == 0, "the PBX has lost its phones");
        await Task.WhenAll(agent.HearsAsync(), owner.HearsAsync());
        _portal.Peers.Pbxs["demo"].Faults.RefuseConnections = false;
        await RegisteredAsync(numbers[0], numbers[1]);
        await HoldAndResumeAsync(agent, owner);

        // It freezes: the phones notice by themselves, and come back when it thaws.
        Sip.Faults = new SipFaults { Frozen = true };
        await Waiting.UntilAsync(() => Sip.Bindings.Count == 0, "the phones give up the frozen PBX");
        await Task.WhenAll(agent.HearsAsync(), owner.HearsAsync());
        Sip.Faults = new SipFaults();
        await RegisteredAsync(numbers[0], numbers[1]);
        await HoldAndResumeAsync(owner, agent);
        await owner.Page.Keyboard.PressAsync("F4");
        await agent.NoCallAsync();

        // The leader's tab is closed in a call: the other side is told, the second tab is the phone.
        var second = await agent.Page.Context.NewPageAsync();
        await second.GotoAsync("/demo/phone/window");
        await Expect(second.Locator(".phone-body")).ToContainTextAsync("Another tab or window", new() { Timeout = PhoneVisitor.Patience });
        await agent.DialAsync(owner.Number);
        await owner.AnswerAsync();
        await agent.InCallAsync();
        await agent.Page.CloseAsync();
        await owner.NoCallAsync();
        await LeadsAsync(second, numbers[0]);

        // The next leader crashes: the third takes over.
        var last = await second.Context.NewPageAsync();
        await last.GotoAsync("/demo/phone/window");
        await Expect(last.Locator(".phone-body")).ToContainTextAsync("Another tab or window", new() { Timeout = PhoneVisitor.Patience });
        await CrashAsync(second);
        await LeadsAsync(last, numbers[0]);
    }

    private static async Task HoldAndResumeAsync(PhoneVisitor one, PhoneVisitor other)
    {
        // Pressed in the very moment of the phones' own re-INVITEs.
        const string Hold = ".phone-panel [data-phone-act=hold]";
        await one.PressAsync(Hold);
        await other.SeesAsync(".phone-call-kind", "Held by the other side");
        await one.PressAsync(Hold);
        await other.InCallAsync();
        await Task.WhenAll(one.HearsAsync(), other.HearsAsync());
    }

    private static async Task CrashAsync(IPage page)
    {
        var crashed = new TaskCompletionSource();
        page.Crash += (_, _) => crashed.TrySetResult();
        var going = page.GotoAsync("chrome://crash");
        await crashed.Task.WaitAsync(TimeSpan.FromSeconds(90));
        await Task.WhenAny(going, Task.CompletedTask);
        _ = going.ContinueWith(task => task.Exception, TaskScheduler.Default);
    }

    private async Task LeadsAsync(IPage page, string number)
    {
        await Expect(page.Locator(".phone-body")).Not.ToContainTextAsync("Another tab or window", new() { Timeout = PhoneVisitor.Patience });
        await RegisteredAsync(number);
        await page.FillAsync("#phone-number", "*43");
        await page.PressAsync("#phone-number", "Enter");
        await Expect(page.Locator(".phone-call .phone-call-kind", new() { HasText = "In a call" })).ToHaveCountAsync(1, new() { Timeout = PhoneVisitor.Patience });
        await page.Keyboard.PressAsync("F4");
        await Expect(page.Locator(".phone-call:not(.is-over)")).ToHaveCountAsync(0, new() { Timeout = PhoneVisitor.Patience });
    }

    private Task RegisteredAsync(params string[] numbers) =>
        Waiting.UntilAsync(() => numbers.All(number => Sip.Bindings.Any(binding => binding.User == number)), $"{string.Join(" and ", numbers)} are registered");

    /// <summary>The sockets of a page's circuits, in a hand that can hold them shut.</summary>
    private sealed class Circuits
    {
        private readonly List<IWebSocketRoute> _open = [];
        private volatile bool _cut;

        public async Task WatchAsync(IPage page)
        {
            var circuit = new System.Text.RegularExpressions.Regex("/_blazor");

            // Without its socket a circuit goes on over plain requests.
            await page.RouteAsync(circuit, route => _cut ? route.AbortAsync() : route.ContinueAsync());
            await page.RouteWebSocketAsync(circuit, Connect);
        }

        public async Task CutAsync()
        {
            _cut = true;
            List<IWebSocketRoute> open;
            lock (_open)
            {
                open = [.. _open];
                _open.Clear();
            }

            foreach (var socket in open)
            {
                await socket.CloseAsync();
            }
        }

        public void Mend() => _cut = false;

        private void Connect(IWebSocketRoute socket)
        {
            if (_cut)
            {
                _ = socket.CloseAsync();
                return;
            }

            lock (_open)
            {
                _open.Add(socket);
            }

            socket.ConnectToServer();
        }
    }
}
