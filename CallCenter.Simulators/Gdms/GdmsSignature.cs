using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Simulators.Gdms;

/// <summary>
/// The two hashes of the GDMS API. Kept apart from the portal's own on purpose: a mistake must not be made on both sides.
/// </summary>
public static class GdmsSignature
{
    /// <summary>The password field of the token request: SHA-256 over the lower-case hex text of the MD5.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "The vendor's wire format, not a choice.")]
    public static string HashPassword(string password)
    {
        var md5 = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(password)));
        return Hash(Encoding.UTF8.GetBytes(md5));
    }

    /// <summary>What is hashed: <c>&amp;k=v&amp;k=v&amp;</c> by ordinal key order, then the body's hash and <c>&amp;</c> if there is a body.</summary>
    /// <param name="parameters">URL parameters (decoded) except the signature, and access_token, client_id, client_secret, timestamp.</param>
    /// <param name="body">The exact bytes sent; empty for none.</param>
    public static string BaseString(IEnumerable<KeyValuePair<string, string>> parameters, ReadOnlySpan<byte> body)
    {
        var text = new StringBuilder("&");
        foreach (var (key, value) in parameters.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            text.Append(key).Append('=').Append(value).Append('&');
        }

        return body.IsEmpty ? text.ToString() : text.Append(Hash(body)).Append('&').ToString();
    }

    /// <summary>Lower-case hex SHA-256 of the base string.</summary>
    public static string Sign(IEnumerable<KeyValuePair<string, string>> parameters, ReadOnlySpan<byte> body) =>
        Hash(Encoding.UTF8.GetBytes(BaseString(parameters, body)));

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
