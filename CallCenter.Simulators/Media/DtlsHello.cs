using System.Buffers.Binary;

namespace CallCenter.Simulators.Media;

/// <summary>What matters of a ClientHello, and the messages that answer it.</summary>
/// <param name="Random">The client's, 32 bytes.</param>
/// <param name="ExtendedMaster">It knows RFC 7627.</param>
internal sealed record DtlsHello(byte[] Random, bool ExtendedMaster)
{
    public const ushort Version = 0xFEFD, Suite = 0xC02B, CurveP256 = 0x0017, EcdsaSha256 = 0x0403, SrtpAes128Sha1 = 0x0001;
    private const ushort SupportedGroups = 10, PointFormats = 11, UseSrtp = 14, ExtendedMasterSecret = 23, RenegotiationInfo = 0xFF01;

    /// <exception cref="DtlsException">It offers nothing that we speak.</exception>
    public static DtlsHello Read(ReadOnlySpan<byte> body)
    {
        var reader = new DtlsReader(body);
        reader.Take(2);
        var random = reader.Take(32).ToArray();
        reader.Take(reader.Byte());
        reader.Take(reader.Byte());
        Need(Holds(reader.Take(reader.Short()), Suite), "ECDHE-ECDSA with AES-128-GCM");
        reader.Take(reader.Byte());
        var (extended, srtp, curve) = (false, false, false);
        var extensions = new DtlsReader(reader.IsEmpty ? [] : reader.Take(reader.Short()));
        while (!extensions.IsEmpty)
        {
            var type = extensions.Short();
            var value = new DtlsReader(extensions.Take(extensions.Short()));
            extended |= type == ExtendedMasterSecret;
            srtp |= type == UseSrtp && Holds(value.Take(value.Short()), SrtpAes128Sha1);
            curve |= type == SupportedGroups && Holds(value.Take(value.Short()), CurveP256);
        }

        Need(srtp, "SRTP with AES-128 and SHA-1");
        Need(curve, "P-256");
        return new DtlsHello(random, extended);
    }

    public byte[] ServerHello(byte[] serverRandom)
    {
        List<byte> extensions = [.. Extension(RenegotiationInfo, [0]), .. Extension(PointFormats, [1, 0]), .. Extension(UseSrtp, [0, 2, .. Short(SrtpAes128Sha1), 0])];
        if (ExtendedMaster)
        {
            extensions.AddRange(Extension(ExtendedMasterSecret, []));
        }

        return [.. Short(Version), .. serverRandom, 0, .. Short(Suite), 0, .. Short(extensions.Count), .. extensions];
    }

    /// <summary>The server's half of the key exchange, signed.</summary>
    public byte[] KeyExchange(byte[] serverRandom, byte[] publicPoint, MediaIdentity identity)
    {
        byte[] parameters = [3, .. Short(CurveP256), (byte)publicPoint.Length, .. publicPoint];
        var signature = identity.Sign([.. Random, .. serverRandom, .. parameters]);
        return [.. parameters, .. Short(EcdsaSha256), .. Short(signature.Length), .. signature];
    }

    /// <summary>An ECDSA certificate is wanted; any authority will do, as SDP carries the fingerprint.</summary>
    public static byte[] CertificateRequest() => [1, 64, 0, 2, .. Short(EcdsaSha256), 0, 0];

    public static byte[] Certificates(byte[] certificate) => [.. Medium(certificate.Length + 3), .. Medium(certificate.Length), .. certificate];

    public static byte[] Short(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] Medium(int value) => [(byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Extension(ushort type, byte[] value) => [.. Short(type), .. Short(value.Length), .. value];

    private static bool Holds(ReadOnlySpan<byte> list, ushort wanted)
    {
        var reader = new DtlsReader(list);
        while (!reader.IsEmpty)
        {
            if (reader.Short() == wanted)
            {
                return true;
            }
        }

        return false;
    }

    private static void Need(bool offered, string what)
    {
        if (!offered)
        {
            throw new DtlsException($"The browser does not offer {what}.");
        }
    }
}
