using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;

namespace CallCenter.Infrastructure.Telephony.Probes;

/// <summary>The little of STUN (RFC 5389) that a binding request needs. Pure.</summary>
internal static class StunBinding
{
    public const int TransactionLength = 12;

    private const uint MagicCookie = 0x2112A442;
    private const int HeaderLength = 20;
    private const ushort Request = 0x0001, Success = 0x0101, Failure = 0x0111;
    private const ushort MappedAddress = 0x0001, ErrorCode = 0x0009, XorMappedAddress = 0x0020;

    internal enum ReplyKind
    {
        NotStun,
        OtherTransaction,
        Mapped,
        Error,

        /// <summary>Ours, but without the part that matters.</summary>
        Incomplete,
    }

    internal readonly record struct Reply(ReplyKind Kind, IPEndPoint? Address = null, int? Code = null);

    public static byte[] NewTransaction() => RandomNumberGenerator.GetBytes(TransactionLength);

    public static byte[] Compose(ReadOnlySpan<byte> transaction)
    {
        var bytes = new byte[HeaderLength];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, Request);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), MagicCookie);
        transaction.CopyTo(bytes.AsSpan(8));
        return bytes;
    }

    /// <summary>Reads a datagram as the answer to a transaction; never throws.</summary>
    public static Reply Read(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> transaction)
    {
        if (datagram.Length < HeaderLength
            || BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) != MagicCookie
            || BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != datagram.Length - HeaderLength)
        {
            return new Reply(ReplyKind.NotStun);
        }

        var type = BinaryPrimitives.ReadUInt16BigEndian(datagram);
        if (type is not (Success or Failure))
        {
            return new Reply(ReplyKind.NotStun);
        }

        if (!datagram.Slice(8, TransactionLength).SequenceEqual(transaction))
        {
            return new Reply(ReplyKind.OtherTransaction);
        }

        return type == Success ? ReadSuccess(datagram) : ReadFailure(datagram);
    }

    private static Reply ReadSuccess(ReadOnlySpan<byte> datagram)
    {
        // The plain address is what servers older than RFC 5389 give; NATs have been seen rewriting it.
        var address = ReadAddress(Attribute(datagram, XorMappedAddress), datagram.Slice(4, 16))
            ?? ReadAddress(Attribute(datagram, MappedAddress), mask: default);
        return address is null ? new Reply(ReplyKind.Incomplete) : new Reply(ReplyKind.Mapped, address);
    }

    private static Reply ReadFailure(ReadOnlySpan<byte> datagram)
    {
        var value = Attribute(datagram, ErrorCode);
        var code = value.Length >= 4 ? ((value[2] & 7) * 100) + value[3] : 0;
        return code is >= 300 and <= 699 ? new Reply(ReplyKind.Error, Code: code) : new Reply(ReplyKind.Incomplete);
    }

    private static ReadOnlySpan<byte> Attribute(ReadOnlySpan<byte> datagram, ushort wanted)
    {
        for (var at = HeaderLength; at + 4 <= datagram.Length;)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(datagram[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[(at + 2)..]);
            if (at + 4 + length > datagram.Length)
            {
                return default;
            }

            if (type == wanted)
            {
                return datagram.Slice(at + 4, length);
            }

            at += 4 + ((length + 3) & ~3);
        }

        return default;
    }

    /// <param name="value">Zero byte, family, port, address.</param>
    /// <param name="mask">Cookie and transaction id; empty for a plain address.</param>
    private static IPEndPoint? ReadAddress(ReadOnlySpan<byte> value, ReadOnlySpan<byte> mask)
    {
        if (value.Length is not (8 or 20) || value[1] != (value.Length == 8 ? 1 : 2))
        {
            return null;
        }

        int port = BinaryPrimitives.ReadUInt16BigEndian(value[2..]);
        var address = value[4..].ToArray();
        if (!mask.IsEmpty)
        {
            port ^= BinaryPrimitives.ReadUInt16BigEndian(mask);
            for (var i = 0; i < address.Length; i++)
            {
                address[i] ^= mask[i];
            }
        }

        return new IPEndPoint(new IPAddress(address), port);
    }
}
