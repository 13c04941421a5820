using System.Net;
using System.Text;
using CallCenter.Simulators.Media;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Simulators;

/// <summary>The parts of the simulated PBX's sound that published examples exist for, and what nonsense does to them.</summary>
public sealed class MediaTests
{
    // The key and packets that libsrtp checks itself with, which are RFC 3711's.
    private static readonly SrtpKey Key = new(Convert.FromHexString("E1F97A0D3E018BE0D64FA32C06DE4139"), Convert.FromHexString("0EC675AD498AFEEBB6960B3AABE6"));
    private static readonly byte[] Plain = Convert.FromHexString("800F1234DECAFBADCAFEBABEABABABABABABABABABABABABABABABAB");
    private static readonly byte[] Cipher = Convert.FromHexString("800F1234DECAFBADCAFEBABE4E55DC4CE79978D88CA4D215949D2402B78D6ACC99EA179B8DBB");

    private const string Offer = """
        v=0
        o=- 1 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        m=audio 9 UDP/TLS/RTP/SAVPF 111 0 126
        a=ice-ufrag:abcd
        a=ice-pwd:0123456789012345678901
        a=fingerprint:sha-256 AA:BB
        a=setup:actpass
        a=mid:0
        a=sendrecv
        a=rtpmap:111 opus/48000/2
        a=rtpmap:126 telephone-event/8000

        """;

    [Fact]
    public void Srtp_PublishedPacket_IsWrittenAndReadAsPublished()
    {
        using SrtpStream writer = new(Key), reader = new(Key);

        Assert.Equal(Cipher, writer.Protect(Plain));
        Assert.Equal(Plain, reader.Unprotect(Cipher));
        var report = reader.UnprotectControl(writer.ProtectControl(Plain));
        Assert.Equal(Plain, report);
        Assert.NotEqual(Plain, writer.ProtectControl(Plain)[..Plain.Length]);
    }

    [Fact]
    public void Srtp_SequenceGoesRound_IsStillRead()
    {
        using SrtpStream writer = new(Key), reader = new(Key);
        for (var sequence = 65_530; sequence < 65_545; sequence++)
        {
            byte[] packet = [.. Plain];
            (packet[2], packet[3]) = ((byte)(sequence >> 8), (byte)sequence);

            Assert.Equal(packet, reader.Unprotect(writer.Protect(packet)));
        }
    }

    [Fact]
    public void Srtp_AnythingChanged_IsNotTaken() => Prop.ForAll<byte, byte>((at, change) =>
    {
        using var reader = new SrtpStream(Key);
        byte[] changed = [.. Cipher];
        changed[at % changed.Length] ^= change;

        return change == 0 || reader.Unprotect(changed) is null;
    }).Holds();

    [Fact]
    public void MuLaw_EveryCode_IsItselfAgain() =>
        Assert.All(Enumerable.Range(0, 256).Where(code => code != 0x7F), code => Assert.Equal((byte)code, MuLaw.Encode(MuLaw.Decode((byte)code))));

    [Fact]
    public void Dtls_Nonsense_IsRefusedOrIgnored() => Prop.ForAll<byte[], byte>((body, type) =>
    {
        using var identity = new MediaIdentity();
        using var server = new DtlsServer(identity, "AA");
        byte[] record = [22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, .. DtlsHello.Short(body.Length + 12), type, .. DtlsHello.Medium(body.Length), 0, 0, 0, 0, 0, .. DtlsHello.Medium(body.Length), .. body];
        try
        {
            return server.Receive(record).Count == 0 && server.Receive(body).Count == 0 && server.MediaKeys is null;
        }
        catch (DtlsException)
        {
            return true;
        }
    }).Holds();

    [Fact]
    public async Task Session_Answer_OffersOneWayInAndMirrorsHold()
    {
        using var identity = new MediaIdentity();
        await using var session = new MediaSession(identity, IPAddress.Loopback);

        var answer = MediaSdp.Read(session.Answer(Encoding.UTF8.GetBytes(Offer)));
        var held = MediaSdp.Read(session.Answer(Encoding.UTF8.GetBytes(Offer.Replace("a=sendrecv", "a=sendonly", StringComparison.Ordinal))));
        var restarted = MediaSdp.Read(session.Answer(Encoding.UTF8.GetBytes(Offer.Replace("ufrag:abcd", "ufrag:efgh", StringComparison.Ordinal))));

        Assert.Equal((identity.Fingerprint, "0", "sendrecv", true, (int?)126), (answer!.Fingerprint, answer.Mid, answer.Direction, answer.HasPcmu, answer.Events));
        Assert.Equal(("recvonly", answer.Name), (held!.Direction, held.Name));
        Assert.NotEqual(answer.Name, restarted!.Name);
        Assert.Null(session.Answer(Encoding.UTF8.GetBytes(Offer.Replace("111 0 126", "111 126", StringComparison.Ordinal))));
        Assert.Null(session.Answer("v=0"u8));
    }
}
