using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Simulators.Stun;

namespace CallCenter.Simulators.Media;

/// <summary>The side of ICE (RFC 8445, 2.5) that only answers checks: name and password of ours, and what is answered to whom.</summary>
[SuppressMessage("Security", "CA5350", Justification = "STUN's integrity is HMAC-SHA1.")]
internal sealed class IceLite
{
    private const ushort Username = 0x0006, MessageIntegrity = 0x0008;
    private const int IntegrityLength = 24, FingerprintLength = 8;

    public string Name { get; } = RandomNumberGenerator.GetHexString(8, lowercase: true);

    public string Password { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The answer to a check that knows our password; null for everything else.</summary>
    public byte[]? Answer(ReadOnlySpan<byte> datagram, IPEndPoint from)
    {
        if (!StunMessage.TryParse(datagram, out var message)
            || message.Type != StunMessage.BindingRequest
            || Encoding.UTF8.GetString(message.Attributes.FirstOrDefault(a => a.Type == Username)?.Value ?? []).Split(':')[0] != Name
            || !IsOurs(datagram))
        {
            return null;
        }

        var bytes = new StunMessage(StunMessage.BindingSuccess, message.TransactionId, [StunMessage.MappedAddress(from, message.TransactionId)]).ToBytes();
        bytes = [.. bytes, .. Attribute(MessageIntegrity, Integrity(bytes))];
        var checkedBytes = WithLength(bytes, bytes.Length - 20 + FingerprintLength);
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32(checkedBytes) ^ 0x5354554E);
        return [.. checkedBytes, .. Attribute(StunMessage.Fingerprint, sum)];
    }

    private bool IsOurs(ReadOnlySpan<byte> datagram)
    {
        for (var at = 20; at + 4 <= datagram.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[(at + 2)..]);
            if (BinaryPrimitives.ReadUInt16BigEndian(datagram[at..]) == MessageIntegrity && length == 20 && at + IntegrityLength <= datagram.Length)
            {
                return CryptographicOperations.FixedTimeEquals(datagram.Slice(at + 4, 20), Integrity(datagram[..at].ToArray()));
            }

            at += 4 + ((length + 3) & ~3);
        }

        return false;
    }

    // Over what stands before it, with a length that counts it already.
    private byte[] Integrity(byte[] before) =>
        HMACSHA1.HashData(Encoding.UTF8.GetBytes(Password), WithLength(before, before.Length - 20 + IntegrityLength));

    private static byte[] WithLength(byte[] message, int length)
    {
        byte[] copy = [.. message];
        BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(2), (ushort)length);
        return copy;
    }

    private static byte[] Attribute(ushort type, byte[] value) => [.. DtlsHello.Short(type), .. DtlsHello.Short(value.Length), .. value];

    private static uint Crc32(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
            }
        }

        return ~sum;
    }
}
