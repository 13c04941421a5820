using System.Net.WebSockets;
using CallCenter.Simulators.Hosting;
using CallCenter.Simulators.Sip;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Simulators;

/// <summary>Calls between phones over real WebSockets to the simulated registrar and proxy.</summary>
public sealed class SipProxyTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly SipWebSocketServer _server;
    private readonly List<SipPhone> _phones = [];
    private LoopbackHost _host = null!;

    public SipProxyTests() => _server = new SipWebSocketServer(new SipServerOptions
    {
        PasswordOf = user => user is "1001" or "1002" or "1003" ? SipPhone.Password : null,
        Time = _clock,
        KeepAlive = null,
    });

    private Uri Url => new($"ws://127.0.0.1:{_host.Port}/ws");

    public async Task InitializeAsync() =>
        _host = await LoopbackHost.StartAsync(new LoopbackHostOptions { Https = false }, _server.HandleAsync);

    public async Task DisposeAsync()
    {
        _phones.ForEach(phone => phone.Dispose());
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Invite_ToRegistered_ArrivesWithViaRecordRouteAndOneHopLess()
    {
        var (one, two) = await TwoAsync();

        await one.SendAsync(one.Request("INVITE", "sip:1002@pbx.example.test", more: new SipHeader("X-Token", "t")));
        var arrived = await two.NextAsync(m => m.Method == "INVITE");

        Assert.Equal(two.Contact, arrived.RequestUri);
        Assert.Equal(2, arrived.All("Via").Count());
        Assert.Equal("69", arrived["Max-Forwards"]);
        Assert.Equal("t", arrived["X-Token"]);
        Assert.Contains(";lr", arrived["Record-Route"], StringComparison.Ordinal);
        await two.SendAsync(SipPhone.Answer(arrived, 180));
        var ringing = await one.NextAsync(m => m.StatusCode == 180);
        Assert.Equal(["SIP/2.0/WS 1001.invalid;branch=z9hG4bK10013"], ringing.All("Via"));
    }

    [Fact]
    public async Task CancelAndAckOfAnError_MeetTheInvitesTransaction()
    {
        var (one, two) = await TwoAsync();
        await one.SendAsync(one.Request("INVITE", "sip:1002@pbx.example.test", branch: "z9hG4bKx", sequence: 7));
        var invite = await two.NextAsync(m => m.Method == "INVITE");

        await one.SendAsync(one.Request("CANCEL", "sip:1002@pbx.example.test", branch: "z9hG4bKx", sequence: 7));
        var cancel = await two.NextAsync(m => m.Method == "CANCEL");
        await two.SendAsync(SipPhone.Answer(invite, 487));
        var refused = await one.NextAsync(m => m.StatusCode == 487);
        await one.SendAsync(one.Request("ACK", "sip:1002@pbx.example.test", to: refused["To"]!, branch: "z9hG4bKx", sequence: 7));

        Assert.Equal(invite.All("Via").First(), cancel.All("Via").First());
        Assert.Equal(invite.RequestUri, cancel.RequestUri);
    }

    [Fact]
    public async Task RequestsInADialog_GoToTheContact_AlsoAfterItReconnected()
    {
        var (one, two) = await TwoAsync();
        await one.SendAsync(one.Request("INVITE", "sip:1002@pbx.example.test"));
        var invite = await two.NextAsync(m => m.Method == "INVITE");
        await two.SendAsync(SipPhone.Answer(invite, 200, two.Contact));
        var ok = await one.NextAsync(m => m.StatusCode == 200 && m["CSeq"]!.EndsWith("INVITE", StringComparison.Ordinal));
        await one.SendAsync(one.Request("ACK", two.Contact, to: ok["To"]!));
        await two.NextAsync(m => m.Method == "ACK");

        _server.DropConnections("1002");
        Assert.Null(await two.ReadAsync());
        await UntilAsync(() => _server.Bindings.Count == 1);
        await two.ConnectAsync();
        await two.RegisterAsync();
        await one.SendAsync(one.Request("BYE", two.Contact, to: ok["To"]!, more: new SipHeader("Route", ok["Record-Route"] ?? "<sip:asterisk;transport=ws;lr>")));

        var bye = await two.NextAsync(m => m.Method == "BYE");
        Assert.Null(bye["Route"]);
    }

    [Fact]
    public async Task RequestInADialog_WhoseContactIsGone_IsUnavailable()
    {
        var (one, _) = await TwoAsync();

        await one.SendAsync(one.Request("BYE", "sip:gone@gone.invalid;transport=ws", to: "<sip:1002@pbx.example.test>;tag=x"));

        Assert.Equal(480, (await one.NextAsync(m => m.StatusCode != 0)).StatusCode);
    }

    [Fact]
    public async Task Invite_FromAnUnregisteredConnectionOrAsAnother_IsForbidden()
    {
        var (one, _) = await TwoAsync();
        var stranger = Phone("1003");
        await stranger.ConnectAsync();

        await stranger.SendAsync(stranger.Request("INVITE", "sip:1002@pbx.example.test"));
        await one.SendAsync(one.Request("INVITE", "sip:1002@pbx.example.test", from: "<sip:1003@pbx.example.test>;tag=x"));

        Assert.Equal(403, (await stranger.NextAsync(m => m.StatusCode != 0)).StatusCode);
        Assert.Equal(403, (await one.NextAsync(m => m.StatusCode != 0)).StatusCode);
    }

    [Fact]
    public async Task Register_ContactOfAnother_IsForbidden()
    {
        var (one, _) = await TwoAsync();
        using var thief = new SipPhone(Url, "1003") { ContactKey = one.ContactKey };
        await thief.ConnectAsync();

        var answer = await thief.RegisterAsync();

        Assert.Equal(403, answer.StatusCode);
        Assert.DoesNotContain(_server.Bindings, b => b.User == "1003");
    }

    [Theory]
    [InlineData("486", 486)]
    [InlineData("603", 603)]
    [InlineData("7777", 404)]
    [InlineData("1003", 480)]
    public async Task Invite_ToNobody_IsAnsweredByStatus(string number, int status)
    {
        var (one, _) = await TwoAsync();

        await one.SendAsync(one.Request("INVITE", $"sip:{number}@pbx.example.test"));

        Assert.Equal(status, (await one.NextAsync(m => m.StatusCode != 0)).StatusCode);
    }

    [Fact]
    public async Task StatusByNumber_AnswersForARegisteredOne()
    {
        var (one, _) = await TwoAsync();
        _server.Faults = new SipFaults { StatusByNumber = new Dictionary<string, int> { ["1002"] = 503 } };

        await one.SendAsync(one.Request("INVITE", "sip:1002@pbx.example.test"));

        Assert.Equal(503, (await one.NextAsync(m => m.StatusCode != 0)).StatusCode);
    }

    [Fact]
    public async Task Glare_AnswersSoManyReInvites()
    {
        var (one, two) = await TwoAsync();
        _server.Faults = new SipFaults { Glare = 1 };

        await one.SendAsync(one.Request("INVITE", two.Contact, to: "<sip:1002@pbx.example.test>;tag=x"));
        Assert.Equal(491, (await one.NextAsync(m => m.StatusCode != 0)).StatusCode);
        await one.SendAsync(one.Request("INVITE", two.Contact, to: "<sip:1002@pbx.example.test>;tag=x"));

        Assert.Equal("INVITE", (await two.NextAsync(m => m.IsRequest)).Method);
    }

    [Fact]
    public async Task RegisterStatus_RefusesTheRightPassword()
    {
        _server.Faults = new SipFaults { RegisterStatus = 503 };
        var one = Phone("1001");
        await one.ConnectAsync();

        Assert.Equal(503, (await one.RegisterAsync()).StatusCode);
    }

    [Fact]
    public async Task Delay_HoldsWhatGoesOut_InOrder()
    {
        var (one, two) = await TwoAsync();
        _server.Faults = new SipFaults { DelayMilliseconds = 150 };

        for (var i = 0; i < 5; i++)
        {
            await one.SendAsync(one.Request("INFO", two.Contact, callId: $"call-{i}", to: "<sip:1002@pbx.example.test>;tag=x"));
        }

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal($"call-{i}", (await two.NextAsync(m => m.Method == "INFO"))["Call-ID"]);
        }
    }

    [Fact]
    public async Task Frozen_AnswersNothingUntilItThaws()
    {
        var (one, _) = await TwoAsync();
        _server.Faults = new SipFaults { Frozen = true };
        await one.SendAsync(one.Request("OPTIONS", "sip:pbx.example.test", callId: "frozen"));
        // Another connection proves that the server has read on.
        await UntilAsync(() => _server.Connections == 2);
        await Task.Delay(200);

        _server.Faults = new SipFaults();
        await one.SendAsync(one.Request("OPTIONS", "sip:pbx.example.test", callId: "thawed"));

        Assert.Equal("thawed", (await one.NextAsync(m => m.StatusCode == 200))["Call-ID"]);
    }

    [Fact]
    public async Task Drop_BreaksTheSockets()
    {
        var (one, two) = await TwoAsync();

        _server.ConnectionsResource.Change!(new() { ["drop"] = true });

        Assert.Null(await one.ReadAsync());
        Assert.Null(await two.ReadAsync());
        await UntilAsync(() => _server.Bindings.Count == 0);
    }

    [Fact]
    public async Task TooManyHops_AndNoSipUri_AreRefused()
    {
        var (one, _) = await TwoAsync();
        var request = one.Request("INVITE", "sip:1002@pbx.example.test");
        await one.SendAsync(SipMessage.Request("INVITE", request.RequestUri, request.Headers.Select(h => h.Name == "Max-Forwards" ? h with { Value = "0" } : h)));
        Assert.Equal(483, (await one.NextAsync(m => m.StatusCode != 0)).StatusCode);

        await one.SendAsync(one.Request("INVITE", "tel:+9611234567"));

        Assert.Equal(416, (await one.NextAsync(m => m.StatusCode != 0)).StatusCode);
    }

    [Fact]
    public async Task Response_ThatAnswersNothingRelayed_IsDropped()
    {
        var (one, two) = await TwoAsync();
        await one.SendAsync(one.Request("INVITE", "sip:1002@pbx.example.test"));
        var invite = await two.NextAsync(m => m.Method == "INVITE");
        var forged = SipPhone.Answer(invite, 200);

        await two.SendAsync(SipMessage.Response(200, "Forged", forged.Headers.Select(h => h.Name == "Call-ID" ? h with { Value = "another" } : h)));
        await two.SendAsync(SipPhone.Answer(invite, 180));

        Assert.Equal(180, (await one.NextAsync(m => m.StatusCode != 0)).StatusCode);
    }

    [Fact]
    public async Task TooFast_ClosesOnlyThatConnection()
    {
        var (one, two) = await TwoAsync();
        try
        {
            for (var i = 0; i < 600; i++)
            {
                await one.SendAsync("SIP/2.0 200 OK\r\n\r\n"u8.ToArray());
            }
        }
        catch (WebSocketException)
        {
            // Closed while sending, which is the point.
        }

        Assert.Null(await one.ReadAsync());
        Assert.True(one.CloseStatus is null or WebSocketCloseStatus.PolicyViolation);
        await two.SendAsync(two.Request("OPTIONS", "sip:pbx.example.test"));
        Assert.Equal(200, (await two.NextAsync(m => m.StatusCode != 0)).StatusCode);
    }

    [Fact]
    public async Task SpoiledMessages_LeaveTheServerServing()
    {
        var (one, two) = await TwoAsync();
        var good = one.Request("INVITE", "sip:1002@pbx.example.test").ToBytes();
        foreach (var (at, value) in Gen.Sample(ArbMap.Default.GeneratorFor<(int At, byte Value)>(), 200, 150))
        {
            var spoiled = good.ToArray();
            // Within ASCII: a text frame that is no UTF-8 closes the WebSocket, by its own rules.
            spoiled[Math.Abs(at % spoiled.Length)] = (byte)(value & 0x7F);
            await one.SendAsync(spoiled);
        }

        await two.SendAsync(two.Request("OPTIONS", "sip:pbx.example.test", callId: "after"));

        Assert.Equal("after", (await two.NextAsync(m => m.StatusCode == 200))["Call-ID"]);
        Assert.Equal(2, _server.Bindings.Count);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 250 && !condition(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(condition());
    }

    private SipPhone Phone(string user)
    {
        var phone = new SipPhone(Url, user);
        _phones.Add(phone);
        return phone;
    }

    private async Task<(SipPhone One, SipPhone Two)> TwoAsync()
    {
        var one = await SipPhone.RegisteredAsync(Url, "1001");
        var two = await SipPhone.RegisteredAsync(Url, "1002");
        _phones.AddRange([one, two]);
        return (one, two);
    }
}
