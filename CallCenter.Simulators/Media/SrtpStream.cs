using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CallCenter.Simulators.Media;

/// <summary>One direction of SRTP and SRTCP (RFC 3711) with AES_CM_128_HMAC_SHA1_80. Not thread-safe.</summary>
[SuppressMessage("Security", "CA5350", Justification = "The protection profile that every browser speaks is HMAC-SHA1.")]
internal sealed class SrtpStream : IDisposable
{
    private const int TagLength = 10, RtcpHeader = 8, RtpHeader = 12;

    private readonly Aes _media, _control;
    private readonly byte[] _mediaAuth, _controlAuth, _mediaSalt, _controlSalt;
    private readonly Dictionary<uint, (uint Roll, ushort Last)> _rolls = [];
    private uint _controlIndex;

    public SrtpStream(SrtpKey key)
    {
        using var master = NewAes(key.Key);
        byte[] Derive(byte label, int length)
        {
            var block = new byte[16];
            key.Salt.CopyTo(block, 0);
            block[7] ^= label;
            var output = new byte[length];
            Counter(master, block, output);
            return output;
        }

        (_media, _mediaAuth, _mediaSalt) = (NewAes(Derive(0, 16)), Derive(1, 20), Derive(2, 14));
        (_control, _controlAuth, _controlSalt) = (NewAes(Derive(3, 16)), Derive(4, 20), Derive(5, 14));
    }

    public byte[] Protect(ReadOnlySpan<byte> packet)
    {
        var bytes = packet.ToArray();
        var roll = Roll(bytes, remember: true);
        Crypt(_media, _mediaSalt, bytes.AsSpan(HeaderLength(bytes)), Source(bytes, 8), roll, BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2)));
        return [.. bytes, .. Tag(_mediaAuth, bytes, roll)];
    }

    /// <summary>The packet in the clear; null when it is not authentic.</summary>
    public byte[]? Unprotect(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < RtpHeader + TagLength)
        {
            return null;
        }

        var bytes = packet[..^TagLength].ToArray();
        var roll = Roll(bytes, remember: false);
        var header = HeaderLength(bytes);
        if (header > bytes.Length || !CryptographicOperations.FixedTimeEquals(packet[^TagLength..], Tag(_mediaAuth, bytes, roll)))
        {
            return null;
        }

        Roll(bytes, remember: true);
        Crypt(_media, _mediaSalt, bytes.AsSpan(header), Source(bytes, 8), roll, BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2)));
        return bytes;
    }

    public byte[] ProtectControl(ReadOnlySpan<byte> packet)
    {
        var bytes = packet.ToArray();
        var index = _controlIndex++ & 0x7FFFFFFF;
        Crypt(_control, _controlSalt, bytes.AsSpan(RtcpHeader), Source(bytes, 4), index >> 16, (ushort)index);
        var word = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(word, 0x80000000 | index);
        byte[] whole = [.. bytes, .. word];
        return [.. whole, .. HMACSHA1.HashData(_controlAuth, whole)[..TagLength]];
    }

    /// <summary>The reports in the clear; null when they are not authentic.</summary>
    public byte[]? UnprotectControl(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < RtcpHeader + 4 + TagLength
            || !CryptographicOperations.FixedTimeEquals(packet[^TagLength..], HMACSHA1.HashData(_controlAuth, packet[..^TagLength]).AsSpan(0, TagLength)))
        {
            return null;
        }

        var word = BinaryPrimitives.ReadUInt32BigEndian(packet[^(TagLength + 4)..]);
        var bytes = packet[..^(TagLength + 4)].ToArray();
        if ((word & 0x80000000) != 0)
        {
            Crypt(_control, _controlSalt, bytes.AsSpan(RtcpHeader), Source(bytes, 4), (word & 0x7FFFFFFF) >> 16, (ushort)word);
        }

        return bytes;
    }

    public void Dispose()
    {
        _media.Dispose();
        _control.Dispose();
    }

    /// <summary>Fixed header, contributing sources and extension of an RTP packet.</summary>
    public static int HeaderLength(ReadOnlySpan<byte> packet)
    {
        var length = RtpHeader + (4 * (packet[0] & 0x0F));
        return (packet[0] & 0x10) == 0 || length + 4 > packet.Length
            ? length
            : length + 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(length + 2)..]));
    }

    private static uint Source(ReadOnlySpan<byte> packet, int at) => BinaryPrimitives.ReadUInt32BigEndian(packet[at..]);

    private static Aes NewAes(byte[] key)
    {
        var aes = Aes.Create();
        aes.Key = key;
        return aes;
    }

    private static byte[] Tag(byte[] key, byte[] packet, uint roll)
    {
        var word = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(word, roll);
        byte[] whole = [.. packet, .. word];
        return HMACSHA1.HashData(key, whole)[..TagLength];
    }

    // How often the sequence number has gone round, guessed as RFC 3711, 3.3.1 does.
    private uint Roll(ReadOnlySpan<byte> packet, bool remember)
    {
        var (source, sequence) = (Source(packet, 8), BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));
        if (!_rolls.TryGetValue(source, out var known))
        {
            known = (0, sequence);
        }

        var ahead = (short)(sequence - known.Last);
        var roll = (ahead > 0 && sequence < known.Last) ? known.Roll + 1
            : (ahead < 0 && sequence > known.Last && known.Roll > 0) ? known.Roll - 1
            : known.Roll;
        if (remember && ahead >= 0)
        {
            _rolls[source] = (roll, sequence);
        }

        return roll;
    }

    private static void Crypt(Aes aes, byte[] salt, Span<byte> data, uint source, uint high, ushort low)
    {
        var block = new byte[16];
        salt.CopyTo(block, 0);
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(word, source);
        Mix(block.AsSpan(4), word);
        BinaryPrimitives.WriteUInt32BigEndian(word, high);
        Mix(block.AsSpan(8), word);
        BinaryPrimitives.WriteUInt16BigEndian(word, low);
        Mix(block.AsSpan(12), word[..2]);
        Counter(aes, block, data);
    }

    // Counter mode: the last two bytes of the block count.
    private static void Counter(Aes aes, byte[] block, Span<byte> data)
    {
        var key = new byte[16];
        for (var at = 0; at < data.Length; at += 16)
        {
            BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(14), (ushort)(at / 16));
            aes.EncryptEcb(block, key, PaddingMode.None);
            var part = data.Slice(at, Math.Min(16, data.Length - at));
            Mix(part, key.AsSpan(0, part.Length));
        }
    }

    private static void Mix(Span<byte> into, ReadOnlySpan<byte> mask)
    {
        for (var i = 0; i < mask.Length; i++)
        {
            into[i] ^= mask[i];
        }
    }
}
