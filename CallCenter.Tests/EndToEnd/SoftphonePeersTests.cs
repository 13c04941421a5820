using CallCenter.Simulators.Sip;
using CallCenter.Tests.Support;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The softphone with what the PBX itself answers, and with servers that signal in other ways; sound is real throughout.</summary>
public sealed class SoftphonePeersTests : IAsyncLifetime
{
    private SoftphoneBench _bench = null!;

    private SipWebSocketServer Sip => _bench.Sip;

    public async Task InitializeAsync() => _bench = await SoftphoneBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task OwnNumbers_EchoMusicAndTheTrunk_AreHeardHeldAndTransferred()
    {
        var (one, two) = (await _bench.RegisteredAsync("1001"), await _bench.RegisteredAsync("1002"));

        // Echo: sound comes back, keys arrive, hold stops it and it goes on; figures are measured.
        var echo = await one.DialAsync("*43");
        await one.HearsAsync();
        Assert.Null(await one.CommandAsync("dtmf", new { callId = echo, tones = "5" }));
        await Waiting.UntilAsync(() => Sip.PressedKeys.Contains("*43:5"), "the key arrives");
        Assert.Null(await one.CommandAsync("hold", new { callId = echo }));
        Assert.Null(await one.CommandAsync("resume", new { callId = echo }));
        await one.HearsAsync();
        await one.UntilAsync("s.calls[0].quality.rttMs !== null && s.calls[0].quality.lossPct !== null && s.calls[0].quality.mos > 3");
        Assert.Null(await one.CommandAsync("hangUp", new { callId = echo }));

        var music = await one.DialAsync("*44");
        await one.HearsAsync();
        Assert.Null(await one.CommandAsync("hangUp", new { callId = music }));

        // Somebody from outside, given on to a colleague: the one at the trunk follows the REFER.
        Sip.CallFromOutside(new SipOutsideCall { Extension = "1001", Number = "+353209101234", Name = "Nora Byrne" });
        await one.UntilAsync("s.calls[0]?.state === 'ringing' && s.calls[0].number === '+353209101234' && s.calls[0].name === 'Nora Byrne'");
        Assert.Null(await one.CommandAsync("answer", new { callId = await one.CallIdAsync() }));
        await one.UntilAsync("s.calls[0]?.state === 'active'");
        await one.HearsAsync();
        var given = one.CommandAsync("transfer", new { callId = await one.CallIdAsync(), number = "1002" });
        await two.AnswerAsync();
        Assert.Null(await given);
        await one.UntilAsync("s.calls.length === 0");
        await two.HearsAsync();

        // And back, after a question.
        var second = await two.CallAsync(one);
        var first = (await two.CallIdAsync(), second.Ours);
        Assert.Null(await two.CommandAsync("transferTo", new { callId = first.Item1, otherCallId = first.Ours }));
        await two.UntilAsync("s.calls.length === 0");
        await one.UntilAsync("s.calls.length === 1 && s.calls[0].state === 'active'");
        await one.HearsAsync();
        Assert.Null(await one.CommandAsync("hangUp", new { callId = await one.CallIdAsync() }));
        await Waiting.UntilAsync(() => Sip.MediaCalls.Count == 0, "no call of the PBX is left");
    }

    [Fact]
    public async Task ThreeWayAndPark_ByThePbx_AllHearEachOther()
    {
        var (one, two, three) = (await _bench.RegisteredAsync("1001"), await _bench.RegisteredAsync("1002"), await _bench.RegisteredAsync("1003"));
        var (first, _) = await one.CallAsync(two);
        var (second, _) = await one.CallAsync(three);

        Assert.Null(await one.CommandAsync("threeWay", new { callId = second, otherCallId = first }));

        foreach (var page in new[] { one, two, three })
        {
            await page.UntilAsync("s.calls.length === 1 && s.calls[0].state === 'active'");
        }

        await Task.WhenAll(one.HearsAsync(), two.HearsAsync(), three.HearsAsync());
        Assert.Equal(3, Sip.MediaCalls.Count(call => call.Number == "6300"));
        Assert.Null(await three.CommandAsync("hangUp", new { callId = await three.CallIdAsync() }));
        Assert.Null(await two.CommandAsync("hangUp", new { callId = await two.CallIdAsync() }));
        Assert.Null(await one.CommandAsync("hangUp", new { callId = await one.CallIdAsync() }));

        // Parked, music while nobody comes, picked up by a third.
        var (parked, _) = await one.CallAsync(two);
        Assert.Null(await one.CommandAsync("park", new { callId = parked }));
        await one.UntilAsync("s.calls.length === 0");
        await two.UntilAsync("s.calls.length === 1 && s.calls[0].state === 'active'");
        await two.HearsAsync();
        await three.DialAsync("701");
        await Task.WhenAll(two.HearsAsync(), three.HearsAsync());
        Assert.Null(await three.CommandAsync("hangUp", new { callId = await three.CallIdAsync() }));
        await two.UntilAsync("s.calls.length === 0");
    }

    [Theory]
    [InlineData("Kamailio")]
    [InlineData("Asterisk")]
    public async Task OtherServers_SignalDifferently_AndEverythingWorks(string server)
    {
        Sip.Quirks = (server == "Kamailio" ? SipQuirks.Kamailio : SipQuirks.Asterisk) with { RedirectByNumber = new Dictionary<string, string> { ["4003"] = "1002" } };
        var (one, two) = (await _bench.RegisteredAsync("1001"), await _bench.RegisteredAsync("1002"));

        // Browser to browser: challenged, routed, held from either side, ended by the callee.
        var (ours, theirs) = await one.CallAsync(two);
        Assert.Null(await one.CommandAsync("hold", new { callId = ours }));
        await two.UntilAsync("s.calls[0].remoteHold");
        Assert.Null(await one.CommandAsync("resume", new { callId = ours }));
        Assert.Null(await two.CommandAsync("hold", new { callId = theirs }));
        Assert.Null(await two.CommandAsync("resume", new { callId = theirs }));
        await Task.WhenAll(one.HearsAsync(), two.HearsAsync());
        Assert.Null(await two.CommandAsync("hangUp", new { callId = theirs }));
        await one.UntilAsync("s.calls.length === 0");

        // Through the trunk: ringing, or sound before the answer; a session timer is renewed under way.
        var outside = await one.DialAsync("+353209105555");
        await one.HearsAsync();
        if (Sip.Quirks.SessionSeconds > 0)
        {
            await Waiting.UntilAsync(() => Sip.RefreshesAnswered > 1, "the phone answers the refreshes of the session");
        }

        Assert.Null(await one.CommandAsync("hold", new { callId = outside }));
        Assert.Null(await one.CommandAsync("resume", new { callId = outside }));
        await one.HearsAsync();
        Assert.Null(await one.CommandAsync("hangUp", new { callId = outside }));
        await one.UntilAsync("s.calls.length === 0");

        // Sent elsewhere: the phone does not follow by itself, and says so.
        Assert.Null(await one.CommandAsync("dial", new { number = "4003" }));
        await one.UntilAsync("s.calls.length === 0 && s.lastEnd.sipCode === 302");
    }
}
