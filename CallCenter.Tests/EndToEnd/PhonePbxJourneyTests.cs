using CallCenter.Core.Calls;
using CallCenter.Core.Softphone;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Simulators.Sip;
using CallCenter.Tests.Support;
using CallCenter.Web.Shared;
using Microsoft.EntityFrameworkCore;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The phone in the portal's pages together with what the PBX does: its trunk, its rooms, its records.</summary>
[Collection(PhonePortalCollection.Name)]
public sealed class PhonePbxJourneyTests(PhonePortal phones)
{
    private const string Outside = "+353209105555", Caller = "+353209107777";

    private readonly RunningPortal _portal = phones.Portal;

    private SipWebSocketServer Sip => _portal.Peers.Sip["demo"];

    [Fact]
    public async Task Calls_OverTrunkAskedTransferParkAndThreeWay_AreHeardAndAreOneRowEach()
    {
        var numbers = await PhoneOwners.GiveAsync(_portal, "demo", "agent", "owner", "supervisor");
        await using var agent = await phones.ArriveAsync("agent@demo.example", numbers[0], "/demo/calls");
        await using var owner = await phones.ArriveAsync("owner@demo.example", numbers[1], "/demo/calls");
        await using var third = await phones.ArriveAsync("supervisor@demo.example", numbers[2], "/demo/calls");
        await Task.WhenAll(agent.PillSaysAsync("Ready"), owner.PillSaysAsync("Ready"), third.PillSaysAsync("Ready"));

        // Out: a row at once, for who may see it, which becomes the PBX's row and never a second one.
        await agent.DialAsync(Outside);
        await agent.InCallAsync();
        await agent.HearsAsync();
        var live = owner.Page.Locator("[data-phone-calls] tbody tr", new() { HasText = PhoneGrouping.Group(Outside) });
        await Expect(live).ToHaveCountAsync(1, new() { Timeout = PhoneVisitor.Patience });
        await agent.Page.Keyboard.PressAsync("F4");
        await agent.NoCallAsync();
        await JoinedAsync(Outside, agent.Number);
        await Expect(live).ToHaveCountAsync(0, new() { Timeout = PhoneVisitor.Patience });
        await owner.Page.FillAsync("#filter-q", Outside);
        await Expect(owner.Page.Locator("main tbody tr")).ToHaveCountAsync(1, new() { Timeout = PhoneVisitor.Patience });

        // In, asked about, given on to whom the list offers.
        Sip.CallFromOutside(new SipOutsideCall { Extension = agent.Number, Number = Caller, Name = "Nora Byrne" });
        await Expect(agent.Page.Locator(".phone-call.is-ringing")).ToContainTextAsync("Nora Byrne", new() { Timeout = PhoneVisitor.Patience });
        await agent.AnswerAsync();
        await agent.HearsAsync();
        await agent.Page.Locator(".phone-call button", new() { HasText = "Transfer" }).ClickAsync();
        await agent.Page.FillAsync(".phone-transfer input", owner.Number);
        await agent.Page.Locator(".phone-transfer .phone-hit", new() { HasText = owner.Number }).First.Locator("button", new() { HasText = "Ask first" }).ClickAsync();
        await owner.AnswerAsync();
        await Expect(agent.Page.Locator(".phone-call:not(.is-held) .phone-call-kind", new() { HasText = "In a call" })).ToHaveCountAsync(1, new() { Timeout = PhoneVisitor.Patience });
        await agent.Visitor.TakeScreenshotAsync("phone-asked");
        await agent.Page.Locator(".phone-call button", new() { HasText = "Connect" }).First.ClickAsync();
        await agent.NoCallAsync();
        await owner.InCallAsync();
        await owner.HearsAsync();

        // Parked by one, picked up by another.
        await owner.Page.Locator(".phone-call button", new() { HasText = "Park" }).ClickAsync();
        await owner.NoCallAsync();
        await third.DialAsync("701");
        await third.InCallAsync();
        await third.HearsAsync();
        await third.Page.Keyboard.PressAsync("F4");
        await third.NoCallAsync();

        // Three, in the PBX's room.
        await agent.DialAsync(owner.Number);
        await owner.AnswerAsync();
        await agent.InCallAsync();
        await agent.DialAsync(third.Number);
        await third.AnswerAsync();
        await agent.SeesAsync(".phone-call.is-held", "On hold");
        await Expect(agent.Page.Locator(".phone-call:not(.is-held) .phone-call-kind", new() { HasText = "In a call" })).ToHaveCountAsync(1, new() { Timeout = PhoneVisitor.Patience });
        await agent.Page.Locator(".phone-call button", new() { HasText = "Three-way" }).First.ClickAsync();
        await Waiting.UntilAsync(() => Sip.MediaCalls.Count(call => call.Number == "6300") == 3, "all three are in the room");
        await Task.WhenAll(agent.InCallAsync(), owner.InCallAsync(), third.InCallAsync());
        await Task.WhenAll(agent.HearsAsync(), owner.HearsAsync(), third.HearsAsync());
        await agent.Visitor.TakeScreenshotAsync("phone-three-way");
        foreach (var visitor in new[] { agent, owner, third })
        {
            await visitor.Page.Keyboard.PressAsync("F4");
            await visitor.NoCallAsync();
        }

        await JoinedAsync(Caller, agent.Number);
    }

    [Fact]
    public async Task Check_CallsTheEcho_AndTellsWhatItMeasured()
    {
        var numbers = await PhoneOwners.GiveAsync(_portal, "demo", "agent");
        await using var agent = await phones.ArriveAsync("agent@demo.example", numbers[0], "/demo/phone/check");
        await agent.PillSaysAsync("Ready");

        await agent.Page.ClickAsync(".page-actions .btn-primary");

        // A real call to the PBX's echo: what was said came back, and was measured.
        await Expect(agent.Page.Locator(".phone-check-report")).ToContainTextAsync(
            new System.Text.RegularExpressions.Regex(@"Echo\s+(Good|Weak|Bad)\s+mos \d\.\d, loss \d+\.\d %, rtt \d+ ms, jitter \d+ ms, samples [1-9]"), new() { Timeout = PhoneVisitor.Patience });
        await agent.NoCallAsync();
        await agent.Visitor.TakeScreenshotAsync("phone-check-echo");
    }

    [Fact]
    public async Task NoInterface_SaysSoAndDoesNotHang()
    {
        var numbers = await PhoneOwners.GiveAsync(_portal, "demo", "agent");
        await using var agent = await phones.ArriveAsync("agent@demo.example", numbers[0], "/demo/calls", script: """
            const Any = RTCPeerConnection;
            window.RTCPeerConnection = class extends Any { constructor(config) { super({ ...config, iceServers: [], iceTransportPolicy: 'relay' }); } };
            """);
        await agent.PillSaysAsync("Ready");

        await agent.DialAsync("*43");

        await agent.SeesAsync(".phone-body", "No network for sound");
        Assert.Empty(Sip.MediaCalls);
    }

    // The phone's call is one row, and hangs on the PBX's.
    private async Task JoinedAsync(string number, string extension)
    {
        await using var db = _portal.Database.Global().CreateDbContext();
        var ours = db.Set<PhoneCall>().AsNoTracking().IgnoreQueryFilters([CallCenterDbContext.TenantFilter]).Where(call => call.FirstNumber == number && call.Extension == extension);
        try
        {
            await Waiting.UntilAsync(() => ours.AnyAsync(call => call.CallId != null), $"the call with {number} is joined with the PBX's");
        }
        catch (Xunit.Sdk.XunitException)
        {
            Assert.Fail(await DescribeAsync(db));
        }

        Assert.Equal(1, await ours.CountAsync());
    }

    // What either side has, for who must find out why they did not meet.
    private async Task<string> DescribeAsync(CallCenterDbContext db)
    {
        var since = DateTime.UtcNow.AddMinutes(-15);
        var ours = await db.Set<PhoneCall>().AsNoTracking().IgnoreQueryFilters([CallCenterDbContext.TenantFilter]).ToListAsync();
        var theirs = await db.Set<CallLeg>().AsNoTracking().IgnoreQueryFilters([CallCenterDbContext.TenantFilter]).Where(leg => leg.StartedAtUtc >= since).ToListAsync();
        return string.Join('\n', [
            "Not joined. Phones:", .. ours.Select(call => $"{call.Direction} {call.Extension} {call.Number} {call.FirstNumber} {call.State} {call.Cause} {call.StartedAtUtc:O} {call.EndedAtUtc:O} {call.PbxId} joined: {call.CallId}"),
            "PBX's legs here:", .. theirs.Select(leg => $"{leg.PbxId} {leg.StartedAtUtc:O} {leg.EndedAtUtc:O} {leg.Source} ({leg.SourceDevice}) -> {leg.Destination} ({leg.DestinationDevice}) {leg.Disposition}"),
            "PBX's own last ones:", .. _portal.Peers.Pbxs["demo"].Ledger.Calls.TakeLast(6).Select(call => $"{call.StartUtc:O} {call.EndUtc:O} {call.From} -> {call.To} {call.Scenario}"),
        ]);
    }
}
