using System.Net.WebSockets;
using CallCenter.Simulators.Hosting;
using CallCenter.Simulators.Sip;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Simulators;

public sealed class SipWebSocketServerTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ManualClock _clock = new();
    private readonly SipWebSocketServer _server;
    private readonly ClientWebSocket _socket = new();
    private LoopbackHost _host = null!;

    public SipWebSocketServerTests() => _server = new SipWebSocketServer(new SipServerOptions
    {
        PasswordOf = user => user == "1001" ? "Xy7!demoDemo" : null,
        Time = _clock,
        KeepAlive = null,
    });

    public async Task InitializeAsync() =>
        _host = await LoopbackHost.StartAsync(new LoopbackHostOptions { Https = false }, _server.HandleAsync);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _socket.Dispose();

    [Fact]
    public async Task Connect_WithoutSubprotocol_IsRefusedWith400()
    {
        _socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => _socket.ConnectAsync(Url(), CancellationToken.None));

        Assert.Equal(400, (int)_socket.HttpStatusCode);
    }

    [Fact]
    public async Task Connect_WithSubprotocol_ConfirmsIt()
    {
        await ConnectAsync();

        Assert.Equal("sip", _socket.SubProtocol);
    }

    [Fact]
    public async Task Connect_NoSubprotocolFault_OpensWithoutIt()
    {
        _server.Faults = new SipFaults { AcceptWithoutOffer = true };

        await _socket.ConnectAsync(Url(), CancellationToken.None);

        Assert.Null(_socket.SubProtocol);
    }

    [Fact]
    public async Task Options_Sent_AnswersWithAllow()
    {
        await ConnectAsync();

        var reply = await AskAsync(Compose("OPTIONS", "sip:pbx.example.test", 1));

        Assert.Equal(200, reply.StatusCode);
        Assert.Contains("REGISTER", reply["Allow"], StringComparison.Ordinal);
        Assert.Contains(";tag=", reply["To"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_RightPassword_BindsUntilItExpires()
    {
        await ConnectAsync();

        var reply = await RegisterAsync("1001", "Xy7!demoDemo");

        Assert.Equal(200, reply.StatusCode);
        Assert.Equal("<sip:1001@abc.invalid;transport=ws>;expires=60", reply["Contact"]);
        Assert.Equal("1001", Assert.Single(_server.Bindings).User);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Empty(_server.Bindings);
    }

    [Fact]
    public async Task Register_WrongPassword_IsForbidden()
    {
        await ConnectAsync();

        Assert.Equal(403, (await RegisterAsync("1001", "wrong")).StatusCode);
        Assert.Equal(403, (await RegisterAsync("2002", "Xy7!demoDemo")).StatusCode);
        Assert.Empty(_server.Bindings);
    }

    [Fact]
    public async Task Register_OldNonce_IsChallengedAsStale()
    {
        await ConnectAsync();
        var challenge = await AskAsync(Compose("REGISTER", "sip:pbx.example.test", 1));
        _clock.Advance(TimeSpan.FromMinutes(6));

        var reply = await AnswerChallengeAsync(challenge, "1001", "Xy7!demoDemo");

        Assert.Equal(401, reply.StatusCode);
        Assert.Contains("stale=true", reply["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_SocketClosed_ForgetsTheBinding()
    {
        await ConnectAsync();
        await RegisterAsync("1001", "Xy7!demoDemo");

        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

        for (var i = 0; i < 100 && _server.Bindings.Count > 0; i++)
        {
            await Task.Delay(20);
        }

        Assert.Empty(_server.Bindings);
    }

    [Fact]
    public async Task Invite_UnknownNumberOrMethod_IsRefused()
    {
        await ConnectAsync();
        await RegisterAsync("1001", "Xy7!demoDemo");

        Assert.Equal(404, (await AskAsync(Compose("INVITE", "sip:7777@pbx.example.test", 5))).StatusCode);
        Assert.Equal(405, (await AskAsync(Compose("PUBLISH", "sip:1001@pbx.example.test", 7))).StatusCode);
    }

    [Fact]
    public async Task KeepAlive_DoubleLineBreak_IsAnsweredWithOne()
    {
        await ConnectAsync();

        await SendAsync("\r\n\r\n"u8.ToArray());

        Assert.Equal("\r\n"u8.ToArray(), await ReceiveAsync());
    }

    [Fact]
    public async Task KeepAlive_SwitchedOn_SendsBareLineBreaks()
    {
        var server = new SipWebSocketServer(new SipServerOptions { PasswordOf = _ => null, KeepAlive = TimeSpan.FromMilliseconds(20) });
        await using var host = await LoopbackHost.StartAsync(new LoopbackHostOptions { Https = false }, server.HandleAsync);
        _socket.Options.AddSubProtocol("sip");
        await _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{host.Port}/ws"), CancellationToken.None);

        Assert.Equal("\r\n"u8.ToArray(), await ReceiveAsync());
        Assert.Equal("\r\n"u8.ToArray(), await ReceiveAsync());
    }

    [Fact]
    public async Task Malformed_AnyBytes_LeaveTheServerServing()
    {
        await ConnectAsync();
        var samples = Gen.Sample(ArbMap.Default.GeneratorFor<byte[]>(), 200, 50);
        foreach (var sample in samples)
        {
            await _socket.SendAsync(sample, WebSocketMessageType.Binary, true, CancellationToken.None);
        }

        await SendAsync("OPTIONS sip:x SIP/2.0\r\nVia: only\r\n\r\n"u8.ToArray());
        await SendAsync("REGISTER sip:x SIP/2.0\r\nVia: v\r\nFrom: f\r\nTo: nonsense\r\nCall-ID: c\r\nCSeq: 1 REGISTER\r\n\r\n"u8.ToArray());

        SipMessage? reply;
        do
        {
            Assert.True(SipMessage.TryParse(await ReceiveAsync(), out reply) || reply is null);
        }
        while (reply is null);

        Assert.Equal(400, reply.StatusCode);
        Assert.Equal(200, (await AskAsync(Compose("OPTIONS", "sip:pbx.example.test", 9))).StatusCode);
    }

    [Fact]
    public async Task Message_TooLong_ClosesOnlyThatSocket()
    {
        await ConnectAsync();

        await SendAsync(new byte[70_000]);
        var end = await _socket.ReceiveAsync(new byte[16], CancellationToken.None);

        Assert.Equal(WebSocketMessageType.Close, end.MessageType);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, end.CloseStatus);
        using var another = new ClientWebSocket();
        another.Options.AddSubProtocol("sip");
        await another.ConnectAsync(Url(), CancellationToken.None);
        Assert.Equal(WebSocketState.Open, another.State);
    }

    private static byte[] Compose(string method, string uri, int sequence, string user = "1001", params SipHeader[] more) =>
        SipMessage.Request(method, uri,
        [
            new("Via", "SIP/2.0/WS abc.invalid;branch=z9hG4bK" + sequence),
            new("From", $"<sip:{user}@pbx.example.test>;tag=f1"),
            new("To", $"<sip:{user}@pbx.example.test>"),
            new("Call-ID", "call-1"),
            new("CSeq", $"{sequence} {method}"),
            new("Contact", $"<sip:{user}@abc.invalid;transport=ws>;expires=60"),
            .. more,
        ]).ToBytes();

    private Uri Url() => new($"ws://127.0.0.1:{_host.Port}/ws");

    private async Task ConnectAsync()
    {
        _socket.Options.AddSubProtocol("sip");
        await _socket.ConnectAsync(Url(), CancellationToken.None);
    }

    private async Task<SipMessage> RegisterAsync(string user, string password) =>
        await AnswerChallengeAsync(await AskAsync(Compose("REGISTER", "sip:pbx.example.test", 1, user)), user, password);

    private async Task<SipMessage> AnswerChallengeAsync(SipMessage challenge, string user, string password)
    {
        Assert.Equal(401, challenge.StatusCode);
        var fields = SipDigest.ReadFields(challenge["WWW-Authenticate"]!["Digest ".Length..]);
        fields["uri"] = "sip:pbx.example.test";
        fields["nc"] = "00000001";
        fields["cnonce"] = "c1";
        var response = SipDigest.Respond(fields, user, password, "REGISTER");
        return await AskAsync(Compose("REGISTER", "sip:pbx.example.test", 2, user, new SipHeader(
            "Authorization",
            $"Digest username=\"{user}\", realm=\"{fields["realm"]}\", nonce=\"{fields["nonce"]}\", uri=\"{fields["uri"]}\", " +
            $"response=\"{response}\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"c1\"")));
    }

    private async Task<SipMessage> AskAsync(byte[] request)
    {
        await SendAsync(request);
        Assert.True(SipMessage.TryParse(await ReceiveAsync(), out var reply));
        return reply;
    }

    private Task SendAsync(byte[] bytes) => _socket.SendAsync(bytes, WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task<byte[]> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[16_384];
        var part = await _socket.ReceiveAsync(buffer, patience.Token);
        return buffer[..part.Count];
    }
}
