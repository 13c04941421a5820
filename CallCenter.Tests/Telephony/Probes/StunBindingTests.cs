using System.Net;
using CallCenter.Infrastructure.Telephony.Probes;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Telephony.Probes;

public sealed class StunBindingTests
{
    // RFC 5769, 2.2 and 2.3.
    private const string Rfc5769V4 =
        "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643" +
        "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";

    private const string Rfc5769V6 =
        "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000140002a147" +
        "0113a9faa5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c";

    private static readonly byte[] Transaction = Convert.FromHexString("b7e7a701bc34d686fa87dfae");

    [Theory]
    [InlineData(Rfc5769V4, "192.0.2.1")]
    [InlineData(Rfc5769V6, "2001:db8:1234:5678:11:2233:4455:6677")]
    public void Read_Rfc5769_GivesTheMappedAddress(string hex, string address)
    {
        var reply = StunBinding.Read(Convert.FromHexString(hex), Transaction);

        Assert.Equal(StunBinding.ReplyKind.Mapped, reply.Kind);
        Assert.Equal(new IPEndPoint(IPAddress.Parse(address), 32853), reply.Address);
    }

    [Fact]
    public void Read_OldServer_TakesThePlainAddress()
    {
        var datagram = Convert.FromHexString("0101000c2112a442b7e7a701bc34d686fa87dfae000100080001d903cb007107");

        Assert.Equal(new IPEndPoint(IPAddress.Parse("203.0.113.7"), 0xd903), StunBinding.Read(datagram, Transaction).Address);
    }

    [Fact]
    public void Read_OtherTransaction_IsNotOurs() =>
        Assert.Equal(StunBinding.ReplyKind.OtherTransaction, StunBinding.Read(Convert.FromHexString(Rfc5769V4), new byte[12]).Kind);

    [Fact]
    public void Read_AnyBytes_NeverThrows() => Prop.ForAll<byte[]>(bytes =>
    {
        _ = StunBinding.Read(bytes, Transaction);
    }).Holds();

    [Fact]
    public void Read_SpoiledVector_NeverThrows() => Prop.ForAll<int, byte, int>((at, value, cut) =>
    {
        var bytes = Convert.FromHexString(Rfc5769V6);
        bytes[Math.Abs(at % bytes.Length)] = value;
        _ = StunBinding.Read(bytes, Transaction);
        var shorter = bytes[..Math.Max(20, bytes.Length - Math.Abs(cut % 60))];
        shorter[3] = (byte)(shorter.Length - 20);
        _ = StunBinding.Read(shorter, Transaction);
    }).Holds(3_000);
}
