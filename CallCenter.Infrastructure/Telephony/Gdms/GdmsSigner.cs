using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Infrastructure.Telephony.Gdms;

/// <summary>The two hashes that GDMS wants. Pure.</summary>
internal static class GdmsSigner
{
    /// <summary>SHA-256 over the lower-case hex text of the MD5.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "The vendor's wire format, not a choice.")]
    public static string HashPassword(string password) =>
        Hash(Encoding.UTF8.GetBytes(Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(password)))));

    /// <summary>Signs the parameters and the exact body bytes that are sent.</summary>
    /// <param name="parameters">The URL's own, and access_token, client_id, client_secret, timestamp; values before URL encoding.</param>
    /// <param name="body">Empty for none.</param>
    public static string Sign(IEnumerable<KeyValuePair<string, string>> parameters, ReadOnlySpan<byte> body)
    {
        var text = new StringBuilder("&");
        foreach (var (key, value) in parameters.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            text.Append(key).Append('=').Append(value).Append('&');
        }

        if (!body.IsEmpty)
        {
            text.Append(Hash(body)).Append('&');
        }

        return Hash(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
