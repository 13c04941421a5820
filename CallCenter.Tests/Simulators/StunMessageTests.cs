using System.Net;
using CallCenter.Simulators.Stun;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Simulators;

public sealed class StunMessageTests
{
    // RFC 5769, 2.2 and 2.3.
    private const string Rfc5769V4 =
        "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643" +
        "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";

    private const string Rfc5769V6 =
        "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000140002a147" +
        "0113a9faa5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c";

    [Theory]
    [InlineData(Rfc5769V4, "192.0.2.1")]
    [InlineData(Rfc5769V6, "2001:db8:1234:5678:11:2233:4455:6677")]
    public void MappedAddress_Rfc5769_EqualsVector(string hex, string address)
    {
        Assert.True(StunMessage.TryParse(Convert.FromHexString(hex), out var message));

        var mapped = StunMessage.MappedAddress(new IPEndPoint(IPAddress.Parse(address), 32853), message.TransactionId);

        Assert.Equal(mapped.Value, message.Attributes.Single(a => a.Type == StunMessage.XorMappedAddress).Value);
        Assert.Equal(StunMessage.BindingSuccess, message.Type);
    }

    [Fact]
    public void TryParse_AnyBytes_NeverThrows() => Prop.ForAll<byte[]>(bytes =>
    {
        _ = StunMessage.TryParse(bytes, out _);
    }).Holds();

    [Fact]
    public void TryParse_SpoiledVector_NeverThrows() => Prop.ForAll<int, byte>((at, value) =>
    {
        var bytes = Convert.FromHexString(Rfc5769V4);
        bytes[Math.Abs(at % bytes.Length)] = value;
        _ = StunMessage.TryParse(bytes, out _);
        _ = StunMessage.TryParse(bytes.AsSpan(0, Math.Abs(at % bytes.Length)), out _);
    }).Holds();

    [Fact]
    public void ToBytes_Parsed_GivesTheSameMessage() => Prop.ForAll<byte[]>(value =>
    {
        var written = new StunMessage(StunMessage.BindingRequest, new byte[12], [new StunAttribute(0x8022, value)]).ToBytes();
        return StunMessage.TryParse(written, out var read) && read.Attributes.Single().Value.SequenceEqual(value);
    }).Holds();
}
