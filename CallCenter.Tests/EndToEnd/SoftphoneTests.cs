using CallCenter.Simulators.Sip;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The bundled softphone in real Chromium against the simulated SIP server, with real audio.</summary>
public sealed class SoftphoneTests : IAsyncLifetime
{
    private SoftphoneBench _bench = null!;

    private SipWebSocketServer Sip => _bench.Sip;

    public async Task InitializeAsync() => _bench = await SoftphoneBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

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
        Sip.Faults = new SipFaults { Glare = 4 };

        // The answering side: there a rollback would have stopped the media.
        Assert.Equal("offer.crossed", await two.CommandAsync("hold", new { callId = theirs }));

        await BothHearAsync(one, two);
    }

    [Fact]
    public async Task SocketsDropped_InACall_AudioGoesOnAndTheCallIsControlledAgain()
    {
        var (one, two) = await TwoAsync();
        var (ours, theirs) = await one.CallAsync(two);

        Sip.DropConnections();
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
        var three = await _bench.RegisteredAsync("1003");
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
        var second = await _bench.OpenAsync("1001", one);
        await second.UntilAsync("!s.leader && s.line.state === 'registered'");
        await second.CallAsync(two);

        await one.Page.CloseAsync();

        await two.UntilAsync("s.calls.length === 0");
        await second.UntilAsync("s.leader && s.line.state === 'registered' && s.ended.length === 1");
    }

    [Fact]
    public async Task WrongPassword_IsToldAndNotTriedForEver()
    {
        var page = await _bench.OpenAsync("wrong");

        await page.UntilAsync("s.line.state === 'authFailed' && s.line.cause === 'line.credentials'");
    }

    private static Task BothHearAsync(PhonePage one, PhonePage two) => Task.WhenAll(one.HearsAsync(), two.HearsAsync());

    private async Task<(PhonePage One, PhonePage Two)> TwoAsync() => (await _bench.RegisteredAsync("1001"), await _bench.RegisteredAsync("1002"));
}
