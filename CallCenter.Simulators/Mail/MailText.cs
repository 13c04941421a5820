using System.Text;
using System.Text.RegularExpressions;

namespace CallCenter.Simulators.Mail;

/// <summary>What a person reads of a message: enough of MIME for base64 and quoted-printable parts.</summary>
public static partial class MailText
{
    /// <summary>A header with encoded words (RFC 2047) as text.</summary>
    public static string Decode(string header)
    {
        var joined = Between().Replace(header, "$1");
        return Word().Replace(joined, match => match.Groups[1].Value.Equals("B", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups[2].Value))
            : Printable(match.Groups[2].Value.Replace('_', ' ')));
    }

    /// <summary>The first plain text in a message, decoded; the whole message when it has none.</summary>
    public static string PlainOf(string message) => PartOf(message, "text/plain") ?? message;

    /// <summary>The first part of a media type, decoded as text; null without one.</summary>
    public static string? PartOf(string message, string mediaType) => BytesOf(message, mediaType) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The first part of a media type, decoded; null without one.</summary>
    public static byte[]? BytesOf(string message, string mediaType)
    {
        var split = message.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (split < 0)
        {
            return null;
        }

        var headers = message[..split].Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal);
        var body = message[(split + 4)..];
        var type = Header(headers, "Content-Type") ?? "text/plain";
        if (Boundary().Match(type) is { Success: true } boundary && type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            return body.Split("--" + boundary.Groups[1].Value).Skip(1).Select(part => BytesOf(part.TrimStart('\r', '\n'), mediaType)).FirstOrDefault(part => part is not null);
        }

        if (!type.StartsWith(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return (Header(headers, "Content-Transfer-Encoding") ?? "").ToUpperInvariant() switch
        {
            "BASE64" => Convert.FromBase64String(string.Concat(body.Where(c => !char.IsWhiteSpace(c)))),
            "QUOTED-PRINTABLE" => Encoding.UTF8.GetBytes(Printable(body.Replace("=\r\n", "", StringComparison.Ordinal))),
            _ => Encoding.UTF8.GetBytes(body),
        };
    }

    private static string? Header(string headers, string name) =>
        headers.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    private static string Printable(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && Uri.IsHexDigit(text[i + 1]) && Uri.IsHexDigit(text[i + 2]))
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"=\?utf-8\?([BQ])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"(\?=)\s+(?==\?)")]
    private static partial Regex Between();

    [GeneratedRegex("boundary=\"?([^\";]+)\"?", RegexOptions.IgnoreCase)]
    private static partial Regex Boundary();
}
