using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Hosting;
using CallCenter.Simulators.Sip;
using CallCenter.Simulators.Ucm;

namespace CallCenter.Tests.Simulators;

/// <summary>Call detail of calls that passed the simulated PBX's SIP endpoint, over real sockets.</summary>
public sealed class UcmSipCallsTests : IAsyncLifetime
{
    private readonly List<SipPhone> _phones = [];
    private readonly SipWebSocketServer _sip = new(new SipServerOptions { Realm = "grandstream", PasswordOf = user => user is "1001" or "1002" ? SipPhone.Password : null });
    private LoopbackHost _host = null!;
    private UcmSimulator _pbx = null!;

    public async Task InitializeAsync()
    {
        _host = await LoopbackHost.StartAsync(new LoopbackHostOptions { Https = false }, _sip.HandleAsync);
        _pbx = await UcmSimulator.StartAsync(new UcmSimulatorOptions { Extensions = [new SimExtension("1001", "Ana Demo"), new SimExtension("1002", "Luis Demo")] });
        UcmSipCalls.Connect(_pbx, _sip);
    }

    public async Task DisposeAsync()
    {
        _phones.ForEach(phone => phone.Dispose());
        await _pbx.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Call_AnsweredAndHungUp_IsOneRowThatDoesNotTellTheCallId()
    {
        var (ana, luis) = (await PhoneAsync("1001"), await PhoneAsync("1002"));

        await ana.SendAsync(ana.Request("INVITE", "sip:1002@pbx.example.test", "sip-call-id-1"));
        await luis.SendAsync(SipPhone.Answer(await luis.NextAsync(m => m.Method == "INVITE"), 200, luis.Contact));
        var answered = await ana.NextAsync(m => m.StatusCode == 200);
        Assert.Empty(_pbx.Ledger.Calls);
        await ana.SendAsync(ana.Request("BYE", luis.Contact, "sip-call-id-1", to: answered["To"]!));

        var call = await EndedAsync();
        Assert.Equal((LedgerOutcome.Answered, LedgerDirection.Internal, "1001", "1002", "1002"), (call.Outcome, call.Direction, call.From, call.To, call.AnsweredBy));
        var leg = Assert.Single(call.Legs);
        Assert.Equal(("Ana Demo", "1002", 1L), (leg.SourceName, leg.DestinationExtension, leg.AcctId));
        Assert.DoesNotContain("sip-call-id-1", leg.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("486", LedgerOutcome.Busy, LedgerDirection.Outbound)]
    [InlineData("404", LedgerOutcome.Failed, LedgerDirection.Outbound)]
    [InlineData("1002", LedgerOutcome.NoAnswer, LedgerDirection.Internal)]
    public async Task Call_NotAnswered_IsARowToo(string number, LedgerOutcome outcome, LedgerDirection direction)
    {
        var ana = await PhoneAsync("1001");

        await ana.SendAsync(ana.Request("INVITE", $"sip:{number}@pbx.example.test"));

        var call = await EndedAsync();
        Assert.Equal((outcome, direction), (call.Outcome, call.Direction));
    }

    [Fact]
    public async Task Registration_OfABrowser_ShowsOnThePbxUntilItLeaves()
    {
        var before = _pbx.Phones.AddressOf("1001");
        var ana = await PhoneAsync("1001");
        Assert.Contains("JsSIP", _pbx.Phones.AddressOf("1001"), StringComparison.Ordinal);

        ana.Dispose();

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (_pbx.Phones.AddressOf("1001") != before)
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private async Task<SipPhone> PhoneAsync(string user)
    {
        var phone = await SipPhone.RegisteredAsync(new Uri($"ws://127.0.0.1:{_host.Port}/ws"), user);
        _phones.Add(phone);
        return phone;
    }

    private async Task<LedgerCall> EndedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (_pbx.Ledger.Calls.Count == 0)
        {
            await Task.Delay(10, patience.Token);
        }

        return Assert.Single(_pbx.Ledger.Calls);
    }
}
