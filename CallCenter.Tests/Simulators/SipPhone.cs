using System.Net.WebSockets;
using System.Text;
using CallCenter.Simulators.Sip;

namespace CallCenter.Tests.Simulators;

/// <summary>One end of a real WebSocket to the simulated SIP server: registers, sends and reads whole messages.</summary>
internal sealed class SipPhone(Uri url, string user) : IDisposable
{
    public const string Password = "Xy7!demoDemo";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private ClientWebSocket _socket = new();
    private int _sequence;

    /// <summary>User part and host of its Contact, the same over reconnects.</summary>
    public string ContactKey { get; init; } = $"c{user}@{user}.invalid";

    public string Contact => $"sip:{ContactKey};transport=ws";

    public static async Task<SipPhone> RegisteredAsync(Uri url, string user)
    {
        var phone = new SipPhone(url, user);
        await phone.ConnectAsync();
        Assert.Equal(200, (await phone.RegisterAsync()).StatusCode);
        return phone;
    }

    public void Dispose() => _socket.Dispose();

    public async Task ConnectAsync()
    {
        _socket.Dispose();
        _socket = new ClientWebSocket();
        _socket.Options.AddSubProtocol("sip");
        await _socket.ConnectAsync(url, CancellationToken.None);
    }

    public async Task<SipMessage> RegisterAsync()
    {
        await SendAsync(Request("REGISTER", "sip:pbx.example.test"));
        var challenge = await NextAsync(m => m.StatusCode == 401);
        var fields = SipDigest.ReadFields(challenge["WWW-Authenticate"]!["Digest ".Length..]);
        (fields["uri"], fields["nc"], fields["cnonce"]) = ("sip:pbx.example.test", "00000001", "c1");
        var response = SipDigest.Respond(fields, user, Password, "REGISTER");
        await SendAsync(Request("REGISTER", "sip:pbx.example.test", more: new SipHeader(
            "Authorization",
            $"Digest username=\"{user}\", realm=\"{fields["realm"]}\", nonce=\"{fields["nonce"]}\", uri=\"{fields["uri"]}\", " +
            $"response=\"{response}\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"c1\"")));
        return await NextAsync(m => m.StatusCode != 0);
    }

    /// <summary>A request of this user; <paramref name="branch"/> makes it a retransmission or a CANCEL of another.</summary>
    public SipMessage Request(
        string method, string uri, string callId = "call-1", string to = "", string? branch = null, int? sequence = null, string? from = null, params SipHeader[] more)
    {
        var number = sequence ?? ++_sequence;
        return SipMessage.Request(method, uri,
        [
            new("Via", $"SIP/2.0/WS {user}.invalid;branch={branch ?? $"z9hG4bK{user}{number}"}"),
            new("From", from ?? $"<sip:{user}@pbx.example.test>;tag=f{user}"),
            new("To", to.Length > 0 ? to : method == "REGISTER" ? $"<sip:{user}@pbx.example.test>" : $"<{uri}>"),
            new("Call-ID", callId),
            new("CSeq", $"{number} {method}"),
            new("Max-Forwards", "70"),
            new("Contact", $"<{Contact}>;expires=60"),
            .. more,
        ]);
    }

    public static SipMessage Answer(SipMessage request, int status, string contact = "") =>
        SipReplies.To(request, status, "Test", contact.Length > 0 ? [new SipHeader("Contact", $"<{contact}>")] : []);

    public Task SendAsync(SipMessage message) => SendAsync(message.ToBytes());

    public Task SendAsync(byte[] bytes) => _socket.SendAsync(bytes, WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next message for which the condition holds; others are passed over.</summary>
    public async Task<SipMessage> NextAsync(Func<SipMessage, bool> condition)
    {
        while (true)
        {
            var bytes = await ReadAsync() ?? throw new InvalidOperationException("The server closed the connection.");
            if (SipMessage.TryParse(bytes, out var message) && condition(message))
            {
                return message;
            }
        }
    }

    /// <summary>What comes next; null when the server closed or broke the connection.</summary>
    public async Task<byte[]?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[32_768];
        try
        {
            var part = await _socket.ReceiveAsync(buffer, patience.Token);
            CloseStatus = part.CloseStatus;
            return part.MessageType == WebSocketMessageType.Close ? null : buffer[..part.Count];
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    public WebSocketCloseStatus? CloseStatus { get; private set; }

    public override string ToString() => new StringBuilder(user).Append(" at ").Append(url).ToString();
}
