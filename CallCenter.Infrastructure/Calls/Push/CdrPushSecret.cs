using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Infrastructure.Calls.Push;

/// <summary>Secrets of pushes: 256 random bits, letters that survive an address.</summary>
internal static class CdrPushSecret
{
    private const int Bytes = 32;

    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string HashOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>In a time that does not depend on where they differ.</summary>
    public static bool Matches(string secret, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(secret)), Encoding.ASCII.GetBytes(hash));
}
