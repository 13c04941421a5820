using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace CallCenter.Infrastructure.Identity;

/// <summary>Codes of authenticator apps: RFC 6238 with SHA-1, 30 seconds, six digits, which is all that every app can do.</summary>
internal static class Totp
{
    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step whose code this is, one step early or late included; null when it is none or not newer than the last one used.</summary>
    public static long? Match(string base32Key, string code, DateTimeOffset now, long? lastStep)
    {
        var digits = string.Concat(code.Where(c => !char.IsWhiteSpace(c) && c != '-'));
        if (digits.Length != 6 || !digits.All(char.IsAsciiDigit))
        {
            return null;
        }

        var key = Decode(base32Key);
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? match = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.ASCII.GetBytes(CodeOf(key, step)), System.Text.Encoding.ASCII.GetBytes(digits)) && !(step <= lastStep))
            {
                match = step;
            }
        }

        return match;
    }

    /// <summary>The code that an app shows at the moment.</summary>
    public static string CodeAt(string base32Key, DateTimeOffset now) => CodeOf(Decode(base32Key), now.ToUnixTimeSeconds() / StepSeconds);

    private static string CodeOf(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HmacOf(key, counter);
        var offset = hash[^1] & 0x0F;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "RFC 6238 as apps implement it; HMAC does not rest on collisions.")]
    private static byte[] HmacOf(byte[] key, ReadOnlySpan<byte> counter) => HMACSHA1.HashData(key, counter);

    private static byte[] Decode(string base32)
    {
        var bytes = new List<byte>(base32.Length * 5 / 8);
        var (buffer, bits) = (0, 0);
        foreach (var letter in base32)
        {
            buffer = (buffer << 5) | Base32.IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
                buffer &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
