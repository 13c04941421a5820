using System.Text;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Hosting;
using CallCenter.Simulators.Sip;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;

namespace CallCenter.Tests.Simulators;

/// <summary>Signalling of the PBX's own numbers, of its trunk and of the ways servers differ, over real sockets.</summary>
public sealed class SipMediaPeerTests : IAsyncLifetime
{
    private const string Pbx = "pbx.example.test";

    private static readonly byte[] Offer = Encoding.UTF8.GetBytes("""
        v=0
        m=audio 9 UDP/TLS/RTP/SAVPF 111 0
        a=ice-ufrag:abcd
        a=fingerprint:sha-256 AA:BB
        a=mid:0
        a=sendrecv

        """);

    private readonly List<SipPhone> _phones = [];
    private readonly SipWebSocketServer _sip = new(new SipServerOptions
    {
        Realm = Pbx,
        PasswordOf = user => user is "1001" or "1002" ? SipPhone.Password : null,
        Media = new SipMediaOptions { RingTime = TimeSpan.Zero, CallerPatience = TimeSpan.FromMilliseconds(200) },
    });

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
        await _sip.DisposeAsync();
    }

    [Theory]
    [InlineData("*43", LedgerDirection.Internal)]
    [InlineData("6300", LedgerDirection.Internal)]
    [InlineData("+353209105555", LedgerDirection.Outbound)]
    public async Task OwnNumber_AnsweredAndHungUp_IsACallOfThePbx(string number, LedgerDirection direction)
    {
        var ana = await PhoneAsync("1001");

        await ana.SendAsync(Invite(ana, number));
        var answer = await ana.NextAsync(m => m.StatusCode == 200);

        Assert.Contains("a=ice-lite", Encoding.UTF8.GetString(answer.Body), StringComparison.Ordinal);
        Assert.True(Assert.Single(_sip.MediaCalls).Established);
        await ana.SendAsync(InDialog(ana, "BYE", answer));
        Assert.Equal(200, (await ana.NextAsync(m => m["CSeq"]!.EndsWith("BYE", StringComparison.Ordinal))).StatusCode);
        await Waiting.UntilAsync(() => _sip.MediaCalls.Count == 0 && _pbx.Ledger.Calls.Count == 1, "the call is over and written down");
        Assert.Equal((direction, LedgerOutcome.Answered, number), (_pbx.Ledger.Calls[0].Direction, _pbx.Ledger.Calls[0].Outcome, _pbx.Ledger.Calls[0].To));
    }

    [Fact]
    public async Task OwnNumber_OfferOfPlainRtp_IsNotAcceptable()
    {
        var ana = await PhoneAsync("1001");

        await ana.SendAsync(Invite(ana, "*43", body: "v=0\nm=audio 9 RTP/AVP 0\n"u8.ToArray()));

        Assert.Equal(488, (await ana.NextAsync(m => m.StatusCode >= 200)).StatusCode);
        await Waiting.UntilAsync(() => _sip.MediaCalls.Count == 0, "nothing is left of it");
    }

    [Fact]
    public async Task CallFromOutside_NotAnswered_GivesUpAndIsAMissedInboundCall()
    {
        var ana = await PhoneAsync("1001");

        _sip.CallFromOutside(new SipOutsideCall { Extension = "1001", Number = "0800", Name = "Nora", Count = 2 });
        var first = await ana.NextAsync(m => m.Method == "INVITE");
        var second = await ana.NextAsync(m => m.Method == "INVITE");
        var cancelled = await ana.NextAsync(m => m.Method == "CANCEL");
        var invite = cancelled["Call-ID"] == first["Call-ID"] ? first : second;
        await ana.SendAsync(SipPhone.Answer(invite, 487, ana.Contact));

        Assert.StartsWith($"\"Nora\" <sip:0800@{Pbx}>;tag=", first["From"], StringComparison.Ordinal);
        Assert.StartsWith($"\"Nora\" <sip:0801@{Pbx}>;tag=", second["From"], StringComparison.Ordinal);
        Assert.Equal($"\"Nora\" <sip:0800@{Pbx}>", first["P-Asserted-Identity"]);
        await ana.NextAsync(m => m.Method == "ACK");
        await Waiting.UntilAsync(() => _pbx.Ledger.Calls.Count == 1, "the missed call is written down");
        var call = _pbx.Ledger.Calls[0];
        Assert.Equal((LedgerDirection.Inbound, LedgerOutcome.NoAnswer, "1001", "Nora", "trunk_1"), (call.Direction, call.Outcome, call.To, call.FromName, call.Trunk));
    }

    [Theory]
    [InlineData("", "0800", 1)]
    [InlineData("1001", "none", 1)]
    [InlineData("1001", "0800", 21)]
    public void CallFromOutside_WithoutSense_IsRefused(string extension, string number, int count) =>
        Assert.Throws<System.Text.Json.JsonException>(() => _sip.CallFromOutside(new SipOutsideCall { Extension = extension, Number = number, Count = count }));

    [Fact]
    public async Task Refer_OfSomebodyOutside_IsFollowedAndTold()
    {
        var (ana, luis) = (await PhoneAsync("1001"), await PhoneAsync("1002"));
        await ana.SendAsync(Invite(ana, "+353209105555"));
        var answer = await ana.NextAsync(m => m.StatusCode == 200);

        await ana.SendAsync(InDialog(ana, "REFER", answer, new SipHeader("Refer-To", $"<sip:1002@{Pbx}>")));

        Assert.Equal(202, (await ana.NextAsync(m => m["CSeq"]!.EndsWith("REFER", StringComparison.Ordinal))).StatusCode);
        var invite = await luis.NextAsync(m => m.Method == "INVITE");
        Assert.Contains("+353209105555", invite["From"], StringComparison.Ordinal);
        await luis.SendAsync(SipPhone.Answer(invite, 603, luis.Contact));
        var last = await ana.NextAsync(m => m.Method == "NOTIFY" && m["Subscription-State"]!.StartsWith("terminated", StringComparison.Ordinal));
        Assert.Equal("SIP/2.0 603 Test\r\n", Encoding.ASCII.GetString(last.Body));
    }

    [Theory]
    [InlineData(401, "WWW-Authenticate")]
    [InlineData(407, "Proxy-Authenticate")]
    public async Task Challenge_OfACall_IsNoCallYet(int status, string header)
    {
        _sip.Quirks = new SipQuirks { InviteChallenge = status, TryingFirst = true, TwoRecordRoutes = true };
        var ana = await PhoneAsync("1001");

        await ana.SendAsync(Invite(ana, "*43"));

        Assert.Equal(100, (await ana.NextAsync(m => m.StatusCode > 0)).StatusCode);
        var challenge = await ana.NextAsync(m => m.StatusCode >= 200);
        Assert.Equal(status, challenge.StatusCode);
        var fields = SipDigest.ReadFields(challenge[header]!["Digest ".Length..]);
        (fields["uri"], fields["nc"], fields["cnonce"]) = ($"sip:*43@{Pbx}", "00000001", "c1");
        var response = SipDigest.Respond(fields, "1001", SipPhone.Password, "INVITE");
        await ana.SendAsync(Invite(ana, "*43", new SipHeader(
            status == 407 ? "Proxy-Authorization" : "Authorization",
            $"Digest username=\"1001\", realm=\"{Pbx}\", nonce=\"{fields["nonce"]}\", uri=\"sip:*43@{Pbx}\", response=\"{response}\", qop=auth, nc=00000001, cnonce=\"c1\"")));
        var answer = await ana.NextAsync(m => m.StatusCode == 200);
        Assert.Equal(2, answer.All("Record-Route").Count());
        Assert.Empty(_pbx.Ledger.Calls);
    }

    private static SipMessage Invite(SipPhone phone, string number, SipHeader? more = null, byte[]? body = null)
    {
        var request = phone.Request("INVITE", $"sip:{number}@{Pbx}");
        List<SipHeader> headers = [.. request.Headers, new("Content-Type", "application/sdp")];
        if (more is { } header)
        {
            headers.Add(header);
        }

        return SipMessage.Request("INVITE", request.RequestUri, headers, body ?? Offer);
    }

    private static SipMessage InDialog(SipPhone phone, string method, SipMessage answer, params SipHeader[] more)
    {
        Assert.True(SipAddress.TryParse(answer["Contact"], out var contact));
        return phone.Request(method, contact.Uri, to: answer["To"]!, more: more);
    }

    private async Task<SipPhone> PhoneAsync(string user)
    {
        var phone = await SipPhone.RegisteredAsync(new Uri($"ws://127.0.0.1:{_host.Port}/ws"), user);
        _phones.Add(phone);
        return phone;
    }
}
