using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Simulators.Sip;

/// <summary>Digest authentication with MD5 (RFC 2617), as PBXs offer it. Nonces carry their time under a keyed hash, so none are stored.</summary>
internal sealed class SipDigest(string realm, TimeProvider time)
{
    private static readonly TimeSpan NonceLife = TimeSpan.FromMinutes(5);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    internal enum Verdict
    {
        /// <summary>No usable credentials for this realm.</summary>
        Missing,

        /// <summary>The nonce is too old or not ours; the client may try again at once.</summary>
        Stale,
        Wrong,
        Right,
    }

    /// <summary>The value of WWW-Authenticate.</summary>
    public string Challenge(bool stale) =>
        $"Digest algorithm=MD5, realm=\"{realm}\", nonce=\"{NewNonce()}\", qop=\"auth\"{(stale ? ", stale=true" : "")}";

    /// <summary>Judges an Authorization value; the user name is given whatever the verdict, when there is one.</summary>
    public (Verdict Verdict, string User) Check(string? authorization, string method, Func<string, string?> passwordOf)
    {
        if (authorization is null || !authorization.StartsWith("Digest ", StringComparison.OrdinalIgnoreCase))
        {
            return (Verdict.Missing, "");
        }

        var fields = ReadFields(authorization["Digest ".Length..]);
        var user = fields.GetValueOrDefault("username", "");
        if (fields.GetValueOrDefault("realm") != realm || !fields.ContainsKey("response") || user.Length == 0)
        {
            return (Verdict.Missing, user);
        }

        if (!IsFresh(fields.GetValueOrDefault("nonce", "")))
        {
            return (Verdict.Stale, user);
        }

        return passwordOf(user) is { } password && Matches(fields, user, password, method)
            ? (Verdict.Right, user)
            : (Verdict.Wrong, user);
    }

    /// <summary>The response a client must give.</summary>
    internal static string Respond(IReadOnlyDictionary<string, string> fields, string user, string password, string method)
    {
        var ha1 = Md5($"{user}:{fields.GetValueOrDefault("realm")}:{password}");
        var ha2 = Md5($"{method}:{fields.GetValueOrDefault("uri")}");
        var nonce = fields.GetValueOrDefault("nonce");
        return fields.GetValueOrDefault("qop") is { Length: > 0 } qop
            ? Md5($"{ha1}:{nonce}:{fields.GetValueOrDefault("nc")}:{fields.GetValueOrDefault("cnonce")}:{qop}:{ha2}")
            : Md5($"{ha1}:{nonce}:{ha2}");
    }

    /// <summary>Reads <c>a="b", c=d</c>.</summary>
    internal static Dictionary<string, string> ReadFields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in SipMessage.SplitList(text))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                fields[part[..equals].Trim()] = part[(equals + 1)..].Trim().Trim('"');
            }
        }

        return fields;
    }

    private static bool Matches(Dictionary<string, string> fields, string user, string password, string method) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Respond(fields, user, password, method)),
            Encoding.ASCII.GetBytes(fields["response"].ToLowerInvariant()));

    [SuppressMessage("Security", "CA5351", Justification = "Digest with MD5 is what SIP peers speak.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private string NewNonce()
    {
        var issued = time.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
        return $"{issued}.{Seal(issued)}";
    }

    private bool IsFresh(string nonce)
    {
        var parts = nonce.Split('.');
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var issued)
            || parts[1] != Seal(parts[0]))
        {
            return false;
        }

        // Milliseconds: a nonce is not younger than its clock, and clocks here do not run back.
        return time.GetUtcNow().ToUnixTimeMilliseconds() - issued < NonceLife.TotalMilliseconds;
    }

    private string Seal(string issued) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(issued)).AsSpan(0, 12));
}
