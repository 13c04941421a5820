using System.Text;
using CallCenter.Simulators.Sip;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Simulators;

public sealed class SipMessageTests
{
    private const string Register =
        "REGISTER sip:pbx.example.test SIP/2.0\r\n" +
        "v: SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bKasudf\r\n" +
        "Max-Forwards: 69\r\n" +
        "t: <sip:1001@pbx.example.test>\r\n" +
        "f: \"Ana, <the> \\\"Demo\\\"\" <sip:1001@pbx.example.test>;tag=q1\r\n" +
        "i: 843817637684230@998sdasdh09\r\n" +
        "CSeq: 1826 REGISTER\r\n" +
        "Subject: folded\r\n\tover\r\n  three lines\r\n" +
        "m: <sip:1001@a.invalid;transport=ws>;expires=60, \"B, b\" <sip:1001@b.invalid>\r\n" +
        "l: 4\r\n\r\nbodymore";

    [Fact]
    public void TryParse_CompactFoldedAndLists_ReadsThem()
    {
        Assert.True(SipMessage.TryParse(Encoding.UTF8.GetBytes(Register), out var message));

        Assert.Equal("REGISTER", message.Method);
        Assert.Equal("sip:pbx.example.test", message.RequestUri);
        Assert.Equal("folded over three lines", message["Subject"]);
        Assert.Equal("843817637684230@998sdasdh09", message["call-id"]);
        Assert.Equal(["<sip:1001@a.invalid;transport=ws>;expires=60", "\"B, b\" <sip:1001@b.invalid>"], message.All("Contact"));
        Assert.Equal("body", Encoding.UTF8.GetString(message.Body));
        Assert.True(SipAddress.TryParse(message["From"], out var from));
        Assert.Equal(("1001", "pbx.example.test", "q1"), (from.User, from.Host, from.Parameters["tag"]));
    }

    [Fact]
    public void TryParse_Response_ReadsStatusAndReason()
    {
        Assert.True(SipMessage.TryParse("\r\n\r\nSIP/2.0 486 Busy Here\r\nCall-ID: x\r\n\r\n"u8, out var message));

        Assert.False(message.IsRequest);
        Assert.Equal((486, "Busy Here"), (message.StatusCode, message.Reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nVia: x\r\n")]
    [InlineData("OPTIONS sip:a SIP/3.0\r\nVia: x\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nno colon here\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nContent-Length: 5\r\n\r\nabc")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nContent-Length: -1\r\n\r\nabc")]
    [InlineData("SIP/2.0 099 No\r\nVia: x\r\n\r\n")]
    [InlineData("SIP/2.0 2000 OK\r\nVia: x\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("{\"json\":true}\r\n\r\n")]
    public void TryParse_Nonsense_IsRefused(string text) =>
        Assert.False(SipMessage.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryParse_AnyBytes_NeverThrows() => Prop.ForAll<byte[]>(bytes =>
    {
        _ = SipMessage.TryParse(bytes, out _);
    }).Holds();

    [Fact]
    public void TryParse_SpoiledMessage_NeverThrowsAndKeepsItsMeaningWhenWritten() => Prop.ForAll<int, byte, int>((at, value, cut) =>
    {
        var bytes = Encoding.UTF8.GetBytes(Register);
        bytes[Math.Abs(at % bytes.Length)] = value;
        if (!SipMessage.TryParse(bytes.AsSpan(0, bytes.Length - Math.Abs(cut % 200)), out var message))
        {
            return true;
        }

        foreach (var header in message.Headers)
        {
            _ = SipAddress.TryParse(header.Value, out _);
        }

        return SipMessage.TryParse(message.ToBytes(), out var again)
            && again.Method == message.Method
            && again.Body.SequenceEqual(message.Body)
            && again.Headers.Where(h => h.Name != "Content-Length").SequenceEqual(message.Headers.Where(h => h.Name != "Content-Length"));
    }).Holds(3_000);

    [Fact]
    public void SipAddress_AnyText_NeverThrows() => Prop.ForAll<string>(text =>
    {
        _ = SipAddress.TryParse(text, out _);
        _ = SipAddress.TryParse("\"" + text, out _);
        _ = SipAddress.TryParse("<sip:" + text + ">", out _);
    }).Holds();

    // RFC 2617, 3.5: the same computation with HTTP's method and address.
    [Fact]
    public void Digest_Rfc2617_EqualsVector()
    {
        var fields = SipDigest.ReadFields(
            "username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", " +
            "qop=auth, nc=00000001, cnonce=\"0a4f113b\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");

        Assert.Equal("6629fae49393a05397450978507c4ef1", SipDigest.Respond(fields, "Mufasa", "Circle Of Life", "GET"));
    }
}
