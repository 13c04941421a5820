using CallCenter.Simulators.Sip;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The phone in the portal's pages together with what the PBX answers itself.</summary>
[Collection(PhonePortalCollection.Name)]
public sealed class PhonePbxJourneyTests(PhonePortal phones)
{
    private readonly RunningPortal _portal = phones.Portal;

    private SipWebSocketServer Sip => _portal.Peers.Sip["demo"];

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
}
