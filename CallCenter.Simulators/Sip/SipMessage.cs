using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CallCenter.Simulators.Sip;

/// <summary>One header line, unfolded, its name in the long form.</summary>
public readonly record struct SipHeader(string Name, string Value);

/// <summary>A SIP request or response (RFC 3261), parsed and written without looking at what it means.</summary>
public sealed class SipMessage
{
    private const string Version = "SIP/2.0";

    private static readonly Dictionary<string, string> LongNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["a"] = "Accept-Contact",
        ["b"] = "Referred-By",
        ["c"] = "Content-Type",
        ["e"] = "Content-Encoding",
        ["f"] = "From",
        ["i"] = "Call-ID",
        ["k"] = "Supported",
        ["l"] = "Content-Length",
        ["m"] = "Contact",
        ["o"] = "Event",
        ["r"] = "Refer-To",
        ["s"] = "Subject",
        ["t"] = "To",
        ["u"] = "Allow-Events",
        ["v"] = "Via",
        ["x"] = "Session-Expires",
    };

    private SipMessage(string method, string requestUri, int status, string reason, IReadOnlyList<SipHeader> headers, byte[] body)
    {
        Method = method;
        RequestUri = requestUri;
        StatusCode = status;
        Reason = reason;
        Headers = headers;
        Body = body;
    }

    /// <summary>False for a response.</summary>
    public bool IsRequest => StatusCode == 0;

    /// <summary>Of a request; empty in a response.</summary>
    public string Method { get; }

    /// <summary>Of a request; empty in a response.</summary>
    public string RequestUri { get; }

    /// <summary>100 to 699 of a response; 0 in a request.</summary>
    public int StatusCode { get; }

    /// <summary>Of a response; may be empty.</summary>
    public string Reason { get; }

    public IReadOnlyList<SipHeader> Headers { get; }

    /// <summary>As long as Content-Length says, or all that followed the headers without one.</summary>
    public byte[] Body { get; }

    public static SipMessage Request(string method, string requestUri, IEnumerable<SipHeader> headers, byte[]? body = null) =>
        new(method, requestUri, 0, "", [.. headers], body ?? []);

    public static SipMessage Response(int status, string reason, IEnumerable<SipHeader> headers, byte[]? body = null) =>
        new("", "", status, reason, [.. headers], body ?? []);

    /// <summary>The first value of a header, by its long name; null when it is missing.</summary>
    public string? this[string name] =>
        Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).FirstOrDefault();

    /// <summary>All values of a header, comma lists taken apart.</summary>
    public IEnumerable<string> All(string name) => Headers
        .Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        .SelectMany(h => SplitList(h.Value));

    /// <summary>Reads one whole message, as a WebSocket frame or datagram carries it; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SipMessage? message)
    {
        message = null;

        // Line breaks before the start line are keepalives (RFC 3261, 7.5).
        bytes = bytes.TrimStart("\r\n"u8);
        if (!TrySplit(bytes, out var head, out var body))
        {
            return false;
        }

        var lines = Unfold(head);
        if (lines.Count == 0 || !TryReadHeaders(lines, out var headers))
        {
            return false;
        }

        if (headers.FirstOrDefault(h => h.Name == "Content-Length").Value is { } lengthText)
        {
            if (!int.TryParse(lengthText, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > body.Length)
            {
                return false;
            }

            body = body[..length];
        }

        return TryReadStart(lines[0], headers, body.ToArray(), out message);
    }

    /// <summary>As sent, with a Content-Length of its own.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        _ = IsRequest
            ? text.Append(Method).Append(' ').Append(RequestUri).Append(' ').Append(Version)
            : text.Append(Version).Append(' ').Append(CultureInfo.InvariantCulture, $"{StatusCode}").Append(' ').Append(Reason);
        text.Append("\r\n");
        foreach (var header in Headers.Where(h => h.Name != "Content-Length"))
        {
            text.Append(header.Name).Append(": ").Append(header.Value).Append("\r\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n\r\n");
        return [.. Encoding.UTF8.GetBytes(text.ToString()), .. Body];
    }

    /// <summary>Takes a comma list apart; commas in quotes and in angle brackets do not count.</summary>
    internal static IEnumerable<string> SplitList(string value)
    {
        var start = 0;
        var quoted = false;
        var depth = 0;
        for (var i = 0; i < value.Length; i++)
        {
            switch (value[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '<' when !quoted:
                    depth++;
                    break;
                case '>' when !quoted && depth > 0:
                    depth--;
                    break;
                case ',' when !quoted && depth == 0:
                    yield return value[start..i].Trim();
                    start = i + 1;
                    break;
            }
        }

        yield return value[start..].Trim();
    }

    private static bool TrySplit(ReadOnlySpan<byte> bytes, out string head, out ReadOnlySpan<byte> body)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        var skip = 4;
        if (end < 0)
        {
            // Lenient towards bare line feeds, as servers are.
            end = bytes.IndexOf("\n\n"u8);
            skip = 2;
        }

        head = end < 0 ? "" : Encoding.UTF8.GetString(bytes[..end]);
        body = end < 0 ? [] : bytes[(end + skip)..];
        return end >= 0;
    }

    // A line that begins with white space continues the one before (RFC 3261, 7.3.1).
    private static List<string> Unfold(string head)
    {
        var lines = new List<string>();
        foreach (var raw in head.Split('\n'))
        {
            var line = raw.TrimEnd('\r');
            if (lines.Count > 0 && line.Length > 0 && line[0] is ' ' or '\t')
            {
                lines[^1] = $"{lines[^1].TrimEnd()} {line.Trim()}";
            }
            else
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private static bool TryReadHeaders(List<string> lines, out List<SipHeader> headers)
    {
        headers = new List<SipHeader>(lines.Count);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = colon <= 0 ? "" : line[..colon].TrimEnd();
            if (name.Length == 0 || !name.All(IsTokenCharacter))
            {
                return false;
            }

            headers.Add(new SipHeader(Canonical(name), line[(colon + 1)..].Trim()));
        }

        return true;
    }

    private static string Canonical(string name)
    {
        if (LongNames.TryGetValue(name, out var longName))
        {
            return longName;
        }

        return name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) ? "Content-Length" : name;
    }

    private static bool TryReadStart(string line, List<SipHeader> headers, byte[] body, out SipMessage? message)
    {
        message = null;
        var parts = line.Split(' ', 3);
        if (parts.Length < 2)
        {
            return false;
        }

        if (parts[0] == Version)
        {
            if (parts[1].Length != 3
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
                || status is < 100 or > 699)
            {
                return false;
            }

            message = Response(status, parts.Length == 3 ? parts[2].Trim() : "", headers, body);
            return true;
        }

        if (parts.Length != 3 || parts[2] != Version || parts[0].Length == 0 || parts[1].Length == 0 || !parts[0].All(IsTokenCharacter))
        {
            return false;
        }

        message = Request(parts[0], parts[1], headers, body);
        return true;
    }

    private static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "-.!%*_+`'~".Contains(c, StringComparison.Ordinal);
}
