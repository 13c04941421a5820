using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CallCenter.Simulators.Stun;

/// <summary>A STUN message (RFC 5389) with its attributes as raw bytes.</summary>
/// <param name="Type">Class and method together: 0x0001 request, 0x0101 success, 0x0111 error of Binding.</param>
/// <param name="TransactionId">Twelve bytes.</param>
/// <param name="Attributes">In the order they came.</param>
public sealed record StunMessage(ushort Type, byte[] TransactionId, IReadOnlyList<StunAttribute> Attributes)
{
    public const ushort BindingRequest = 0x0001, BindingSuccess = 0x0101, BindingError = 0x0111;
    public const ushort XorMappedAddress = 0x0020, ErrorCode = 0x0009, Software = 0x8022, Fingerprint = 0x8028;

    /// <summary>Second word of every message.</summary>
    public const uint MagicCookie = 0x2112A442;

    private const int HeaderLength = 20;
    private const byte FamilyV4 = 1, FamilyV6 = 2;

    /// <summary>Reads one datagram; false for anything that is not a whole STUN message.</summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, [NotNullWhen(true)] out StunMessage? message)
    {
        message = null;
        if (datagram.Length < HeaderLength
            || (datagram[0] & 0xC0) != 0
            || BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) != MagicCookie
            || BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != datagram.Length - HeaderLength
            || datagram.Length % 4 != 0)
        {
            return false;
        }

        var attributes = new List<StunAttribute>();
        for (var at = HeaderLength; at < datagram.Length;)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(datagram[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[(at + 2)..]);
            at += 4;
            if (length > datagram.Length - at)
            {
                return false;
            }

            attributes.Add(new StunAttribute(type, datagram.Slice(at, length).ToArray()));
            at += Padded(length);
        }

        message = new StunMessage(BinaryPrimitives.ReadUInt16BigEndian(datagram), datagram.Slice(8, 12).ToArray(), attributes);
        return true;
    }

    /// <summary>Header and attributes, each padded to four bytes.</summary>
    public byte[] ToBytes()
    {
        var length = Attributes.Sum(a => 4 + Padded(a.Value.Length));
        var bytes = new byte[HeaderLength + length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, Type);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), MagicCookie);
        TransactionId.CopyTo(bytes, 8);
        var at = HeaderLength;
        foreach (var attribute in Attributes)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), attribute.Type);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + 2), (ushort)attribute.Value.Length);
            attribute.Value.CopyTo(bytes, at + 4);
            at += 4 + Padded(attribute.Value.Length);
        }

        return bytes;
    }

    /// <summary>The XOR-MAPPED-ADDRESS of an endpoint; an IPv4 address inside IPv6 is written as IPv4.</summary>
    public static StunAttribute MappedAddress(IPEndPoint endPoint, ReadOnlySpan<byte> transactionId)
    {
        var address = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        var raw = address.GetAddressBytes();
        var value = new byte[4 + raw.Length];
        value[1] = address.AddressFamily == AddressFamily.InterNetwork ? FamilyV4 : FamilyV6;
        BinaryPrimitives.WriteUInt16BigEndian(value.AsSpan(2), (ushort)(endPoint.Port ^ (int)(MagicCookie >> 16)));
        Span<byte> mask = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(mask, MagicCookie);
        transactionId.CopyTo(mask[4..]);
        for (var i = 0; i < raw.Length; i++)
        {
            value[4 + i] = (byte)(raw[i] ^ mask[i]);
        }

        return new StunAttribute(XorMappedAddress, value);
    }

    /// <summary>An ERROR-CODE of 300 to 699.</summary>
    public static StunAttribute Error(int code, string reason) =>
        new(ErrorCode, [0, 0, (byte)(code / 100), (byte)(code % 100), .. Encoding.UTF8.GetBytes(reason)]);

    private static int Padded(int length) => (length + 3) & ~3;
}

/// <summary>One attribute without its padding.</summary>
public sealed record StunAttribute(ushort Type, byte[] Value);
