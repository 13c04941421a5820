using System.Text;
using CallCenter.Infrastructure.Telephony.Probes;
using CallCenter.Simulators.Sip;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Telephony.Probes;

public sealed class SipOptionsTests
{
    private readonly SipOptions _options = new("pbx.example.test");

    [Theory]
    [InlineData("pbx.example.test", "sip:pbx.example.test")]
    [InlineData("2001:db8::1", "sip:[2001:db8::1]")]
    [InlineData("[2001:db8::1]", "sip:[2001:db8::1]")]
    public void Compose_AnyHost_IsASipMessage(string host, string uri)
    {
        Assert.True(SipMessage.TryParse(new SipOptions(host).Compose(), out var message));

        Assert.Equal(("OPTIONS", uri), (message.Method, message.RequestUri));
        Assert.Equal("1 OPTIONS", message["CSeq"]);
    }

    [Theory]
    [InlineData("\r\n", (int)SipOptions.FrameKind.KeepAlive)]
    [InlineData("\r\n\r\n", (int)SipOptions.FrameKind.KeepAlive)]
    [InlineData("", (int)SipOptions.FrameKind.KeepAlive)]
    [InlineData("OPTIONS sip:x SIP/2.0\r\n\r\n", (int)SipOptions.FrameKind.OtherSip)]
    [InlineData("SIP/2.0 200 OK\r\nCall-ID: another\r\n\r\n", (int)SipOptions.FrameKind.OtherSip)]
    [InlineData("SIP/2.0 20 OK\r\n\r\n", (int)SipOptions.FrameKind.NotSip)]
    [InlineData("{}", (int)SipOptions.FrameKind.NotSip)]
    public void Read_NoAnswerOfOurs_SaysWhatItIs(string text, int kind) =>
        Assert.Equal((SipOptions.FrameKind)kind, _options.Read(Encoding.UTF8.GetBytes(text)).Kind);

    [Fact]
    public void Read_Answer_GivesStatusAndBoundedServer()
    {
        Assert.True(SipMessage.TryParse(_options.Compose(), out var request));
        var answer = $"SIP/2.0 401 Un\u0007authorized\r\ni: {request["Call-ID"]}\r\nServer: {new string('x', 500)}\r\n\r\n";

        var frame = _options.Read(Encoding.UTF8.GetBytes(answer));

        Assert.Equal((SipOptions.FrameKind.Answer, 401, "Unauthorized", 100), (frame.Kind, frame.Status, frame.Reason, frame.Server!.Length));
    }

    [Fact]
    public void Read_AnyBytes_NeverThrows() => Prop.ForAll<byte[], string>((bytes, text) =>
    {
        _ = _options.Read(bytes);
        _ = _options.Read(Encoding.UTF8.GetBytes("SIP/2.0 " + text));
    }).Holds();
}
