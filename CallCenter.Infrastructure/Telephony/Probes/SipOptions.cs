using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Infrastructure.Telephony.Probes;

/// <summary>One SIP OPTIONS request and the reading of its answer. Pure.</summary>
internal sealed class SipOptions(string host)
{
    private const int TextLimit = 100;
    private readonly string _callId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    internal enum FrameKind
    {
        /// <summary>Only line breaks: a keepalive, which the UCM sends unasked.</summary>
        KeepAlive,

        /// <summary>The final answer to this request.</summary>
        Answer,

        /// <summary>SIP, but a request, a provisional answer or another call's.</summary>
        OtherSip,
        NotSip,
    }

    internal readonly record struct Frame(FrameKind Kind, int Status = 0, string Reason = "", string? Server = null);

    public byte[] Compose()
    {
        // RFC 7118, 5: a WebSocket client has no address of its own; .invalid is the agreed stand-in.
        var self = $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.invalid";
        var domain = host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host;
        return Encoding.UTF8.GetBytes(
            $"OPTIONS sip:{domain} SIP/2.0\r\n" +
            $"Via: SIP/2.0/WSS {self};branch=z9hG4bK{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}\r\n" +
            "Max-Forwards: 70\r\n" +
            $"From: <sip:probe@{self}>;tag={Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}\r\n" +
            $"To: <sip:{domain}>\r\n" +
            $"Call-ID: {_callId}\r\n" +
            "CSeq: 1 OPTIONS\r\n" +
            "Accept: application/sdp\r\n" +
            "User-Agent: CallCenter\r\n" +
            "Content-Length: 0\r\n\r\n");
    }

    /// <summary>Judges one frame; never throws.</summary>
    public Frame Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOfAnyExcept((byte)'\r', (byte)'\n') < 0)
        {
            return new Frame(FrameKind.KeepAlive);
        }

        var lines = Encoding.UTF8.GetString(bytes).TrimStart('\r', '\n').Split('\n').Select(l => l.TrimEnd('\r')).ToList();
        var start = lines[0].Split(' ', 3);
        if (start[0] != "SIP/2.0")
        {
            return new Frame(start.Length == 3 && start[2] == "SIP/2.0" ? FrameKind.OtherSip : FrameKind.NotSip);
        }

        if (start.Length < 2
            || !int.TryParse(start[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            || status is < 100 or > 699)
        {
            return new Frame(FrameKind.NotSip);
        }

        if (status < 200 || (Header(lines, "Call-ID") ?? Header(lines, "i")) != _callId)
        {
            return new Frame(FrameKind.OtherSip);
        }

        return new Frame(
            FrameKind.Answer,
            status,
            Shorten(start.Length == 3 ? start[2] : "") ?? "",
            Shorten(Header(lines, "Server") ?? Header(lines, "User-Agent")));
    }

    private static string? Header(List<string> lines, string name)
    {
        foreach (var line in lines.Skip(1).TakeWhile(l => l.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return line[(colon + 1)..].Trim();
            }
        }

        return null;
    }

    // A peer's text goes to a page and a log: bounded, and without control characters.
    private static string? Shorten(string? text) =>
        text is null ? null : new string([.. text.Where(c => !char.IsControl(c)).Take(TextLimit)]).Trim();
}
