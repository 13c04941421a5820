namespace CallCenter.Tests.EndToEnd;

/// <summary>The softphone at a real Kamailio; sound is real throughout.</summary>
public sealed class SoftphoneKamailioTests : IAsyncLifetime
{
    private readonly KamailioServer _kamailio = new();
    private SoftphoneBench _bench = null!;

    public async Task InitializeAsync()
    {
        await _kamailio.StartAsync();
        _bench = await SoftphoneBench.StartAsync(_kamailio.Address);
    }

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _kamailio.DisposeAsync();
    }

    [KamailioFact]
    public async Task Calls_HeldRefusedAndTransferred_AreHeard()
    {
        var wrong = await _bench.OpenAsync("wrong");
        await wrong.UntilAsync("s.line.state === 'authFailed' && s.line.cause === 'line.credentials'");
        var (one, two, three) = (await _bench.RegisteredAsync("1001"), await _bench.RegisteredAsync("1002"), await _bench.RegisteredAsync("1003"));

        var (ours, theirs) = await one.CallAsync(two);
        await Task.WhenAll(one.HearsAsync(), two.HearsAsync());
        Assert.Null(await one.CommandAsync("hold", new { callId = ours }));
        await two.UntilAsync("s.calls[0].remoteHold");
        Assert.Null(await one.CommandAsync("resume", new { callId = ours }));
        Assert.Null(await two.CommandAsync("hold", new { callId = theirs }));
        await one.UntilAsync("s.calls[0].remoteHold");
        Assert.Null(await two.CommandAsync("resume", new { callId = theirs }));
        await Task.WhenAll(one.HearsAsync(), two.HearsAsync());
        Assert.Null(await one.CommandAsync("dtmf", new { callId = ours, tones = "5#" }));

        // Both hold in the same moment: one of the two offers is refused, and goes out again.
        Assert.All(
            await Task.WhenAll(one.CommandAsync("hold", new { callId = ours }), two.CommandAsync("hold", new { callId = theirs })), Assert.Null);
        await Task.WhenAll(one.UntilAsync("s.calls[0].remoteHold"), two.UntilAsync("s.calls[0].remoteHold"));
        Assert.Null(await two.CommandAsync("hangUp", new { callId = theirs }));
        await one.UntilAsync("s.calls.length === 0");

        // Refused by the callee, by the server, by the caller.
        Assert.Null(await one.CommandAsync("dial", new { number = "1002" }));
        await two.UntilAsync("s.calls[0]?.state === 'ringing'");
        Assert.Null(await two.CommandAsync("reject", new { callId = await two.CallIdAsync() }));
        await one.UntilAsync("s.calls.length === 0 && s.lastEnd.cause === 'rejected'");
        Assert.Null(await one.CommandAsync("dial", new { number = "1999" }));
        await one.UntilAsync("s.calls.length === 0 && s.lastEnd.sipCode === 404");
        Assert.Null(await one.CommandAsync("dial", new { number = "1002" }));
        await two.UntilAsync("s.calls[0]?.state === 'ringing'");
        Assert.Null(await one.CommandAsync("hangUp", new { callId = await one.CallIdAsync() }));
        await two.UntilAsync("s.calls.length === 0 && s.lastEnd.cause === 'cancelled'");

        var (given, _) = await one.CallAsync(two);
        var giving = one.CommandAsync("transfer", new { callId = given, number = "1003" });
        await three.AnswerAsync();
        Assert.Null(await giving);
        await EndsAsync(one, two, three);

        var (first, _) = await one.CallAsync(two);
        var (second, _) = await one.CallAsync(three);
        Assert.Null(await one.CommandAsync("transferTo", new { callId = first, otherCallId = second }));
        await EndsAsync(one, two, three);
    }

    [KamailioFact]
    public async Task Server_KilledInACallAndBack_CallGoesOnAndCanBeHeld()
    {
        var (one, two) = (await _bench.RegisteredAsync("1001"), await _bench.RegisteredAsync("1002"));
        var (ours, _) = await one.CallAsync(two);

        await _kamailio.KillAsync();
        await Task.WhenAll(one.UntilAsync("s.line.state !== 'registered'"), two.UntilAsync("s.line.state !== 'registered'"));
        await Task.WhenAll(one.HearsAsync(), two.HearsAsync());
        await _kamailio.StartAsync();
        await Task.WhenAll(one.RegisteredAsync(), two.RegisteredAsync());

        Assert.Null(await one.CommandAsync("hold", new { callId = ours }));
        await two.UntilAsync("s.calls[0].remoteHold");
        Assert.Null(await one.CommandAsync("resume", new { callId = ours }));
        await Task.WhenAll(one.HearsAsync(), two.HearsAsync());
        Assert.Null(await one.CommandAsync("hangUp", new { callId = ours }));
        await two.UntilAsync("s.calls.length === 0");
    }

    /// <summary>The one who gave the call away has none, the others hear each other until the last one hangs up.</summary>
    private static async Task EndsAsync(PhonePage giver, PhonePage left, PhonePage right)
    {
        await giver.UntilAsync("s.calls.length === 0");
        await Task.WhenAll(left.UntilAsync("s.calls.length === 1 && s.calls[0].state === 'active'"), right.UntilAsync("s.calls.length === 1 && s.calls[0].state === 'active'"));
        await Task.WhenAll(left.HearsAsync(), right.HearsAsync());
        Assert.Null(await right.CommandAsync("hangUp", new { callId = await right.CallIdAsync() }));
        await left.UntilAsync("s.calls.length === 0");
    }
}
