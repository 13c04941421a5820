using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>A REGISTER without credentials and the reading of its answer: what a registrar says then is its realm. Pure.</summary>
internal sealed class SipChallenge(string domain, string user)
{
    private const int TextLimit = 100;
    private readonly string _callId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    /// <summary>What was said.</summary>
    /// <param name="Status">SIP status.</param>
    /// <param name="Realm">Realm of the first MD5 digest offered; null without one.</param>
    /// <param name="Server">Name the server gives itself; empty without one.</param>
    internal sealed record Answer(int Status, string? Realm, string Server);

    public byte[] Compose()
    {
        // RFC 7118, 5: a WebSocket client has no address of its own; .invalid is the agreed stand-in. Expires 0 binds nothing should anyone accept it.
        var self = $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.invalid";
        return Encoding.UTF8.GetBytes(
            $"REGISTER sip:{domain} SIP/2.0\r\n" +
            $"Via: SIP/2.0/WSS {self};branch=z9hG4bK{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}\r\n" +
            "Max-Forwards: 70\r\n" +
            $"From: <sip:{user}@{domain}>;tag={Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}\r\n" +
            $"To: <sip:{user}@{domain}>\r\n" +
            $"Call-ID: {_callId}\r\n" +
            "CSeq: 1 REGISTER\r\n" +
            $"Contact: <sip:{user}@{self};transport=ws>;expires=0\r\n" +
            "Expires: 0\r\n" +
            "User-Agent: CallCenter\r\n" +
            "Content-Length: 0\r\n\r\n");
    }

    /// <summary>The final answer to this request; null for keepalives, other messages and what is no SIP.</summary>
    public Answer? Read(ReadOnlySpan<byte> bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes).TrimStart('\r', '\n').Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var start = lines[0].Split(' ', 3);
        if (start.Length < 2 || start[0] != "SIP/2.0"
            || !int.TryParse(start[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status is < 200 or > 699
            || (Headers(lines, "Call-ID").Concat(Headers(lines, "i")).FirstOrDefault() != _callId))
        {
            return null;
        }

        var realm = Headers(lines, "WWW-Authenticate").Concat(Headers(lines, "Proxy-Authenticate")).Select(RealmOf).FirstOrDefault(found => found is not null);
        return new Answer(status, realm, Shorten(Headers(lines, "Server").Concat(Headers(lines, "User-Agent")).FirstOrDefault() ?? ""));
    }

    /// <summary>The realm of a digest by MD5, which is also what no algorithm means; null of anything else.</summary>
    internal static string? RealmOf(string challenge)
    {
        if (!challenge.StartsWith("Digest ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var fields = Fields(challenge[7..]);
        return fields.GetValueOrDefault("algorithm", "MD5").Equals("MD5", StringComparison.OrdinalIgnoreCase) ? fields.GetValueOrDefault("realm") : null;
    }

    // Commas and equals signs may stand within quotes, and a backslash takes the next sign as it is.
    private static Dictionary<string, string> Fields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var (name, value, inQuotes, inValue) = (new StringBuilder(), new StringBuilder(), false, false);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ',';
            if (inQuotes && c == '\\' && i + 1 < text.Length)
            {
                value.Append(text[++i]);
            }
            else if (c == '"' && inValue && i < text.Length)
            {
                inQuotes = !inQuotes;
            }
            else if (c == ',' && (!inQuotes || i == text.Length))
            {
                fields.TryAdd(name.ToString().Trim(), Shorten(value.ToString()));
                (inValue, inQuotes) = (false, false);
                name.Clear();
                value.Clear();
            }
            else if (c == '=' && !inValue)
            {
                inValue = true;
            }
            else
            {
                (inValue ? value : name).Append(c);
            }
        }

        return fields;
    }

    private static IEnumerable<string> Headers(List<string> lines, string name) =>
        from line in lines.Skip(1).TakeWhile(line => line.Length > 0)
        let colon = line.IndexOf(':', StringComparison.Ordinal)
        where colon > 0 && line.AsSpan(0, colon).Trim().Equals(name, StringComparison.OrdinalIgnoreCase)
        select line[(colon + 1)..].Trim();

    // A peer's text goes to a page and into a digest: bounded, and without control characters.
    private static string Shorten(string text) => new string([.. text.Where(c => !char.IsControl(c)).Take(TextLimit)]).Trim();
}
