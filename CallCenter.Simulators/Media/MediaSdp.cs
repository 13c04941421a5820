using System.Globalization;
using System.Net;
using System.Text;

namespace CallCenter.Simulators.Media;

/// <summary>What an offer or answer of a browser says that matters here (RFC 8866, RFC 8829).</summary>
/// <param name="Name">ICE name; another one is an ICE restart.</param>
/// <param name="Fingerprint">SHA-256 of its certificate.</param>
/// <param name="Mid">Name of the audio section.</param>
/// <param name="Direction">As the browser sees it.</param>
/// <param name="HasPcmu">G.711 µ-law is offered.</param>
/// <param name="Events">Payload type of telephone events; null when there is none at 8 kHz.</param>
internal sealed record MediaSdp(string Name, string Fingerprint, string Mid, string Direction, bool HasPcmu, int? Events)
{
    private static readonly string[] Directions = ["sendrecv", "sendonly", "recvonly", "inactive"];

    /// <summary>Whether it wants to be sent something.</summary>
    public bool Hears => Direction is "sendrecv" or "recvonly";

    /// <summary>Reads the first audio section; null when it is no audio of WebRTC.</summary>
    public static MediaSdp? Read(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body);
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        var media = Array.Find(lines, line => line.StartsWith("m=audio ", StringComparison.Ordinal));
        var fingerprint = Value(lines, "a=fingerprint:sha-256 ");
        if (media is null || fingerprint is null || !media.Contains("SAVPF", StringComparison.Ordinal) || Value(lines, "a=ice-ufrag:") is not { } name)
        {
            return null;
        }

        var events = lines.FirstOrDefault(line => line.StartsWith("a=rtpmap:", StringComparison.Ordinal) && line.EndsWith("telephone-event/8000", StringComparison.OrdinalIgnoreCase));
        return new MediaSdp(
            name,
            fingerprint,
            Value(lines, "a=mid:") ?? "0",
            Array.Find(Directions, direction => lines.Contains("a=" + direction)) ?? "sendrecv",
            media.Split(' ').Skip(3).Contains("0"),
            events is null ? null : int.Parse(events["a=rtpmap:".Length..].Split(' ')[0], CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// Our side: µ-law from one port, proved with a certificate. <c>actpass</c> offers, <c>passive</c> answers: the browser begins the
    /// handshake in any case.
    /// </summary>
    public static byte[] Write((long Id, int Version) session, IPEndPoint at, IceLite ice, string fingerprint, string setup, string mid, string direction, int? events, uint source)
    {
        var formats = events is null ? "0" : $"0 {events}";
        string?[] lines =
        [
            "v=0", $"o=- {session.Id} {session.Version} IN IP4 {at.Address}", "s=-", "t=0 0", "a=ice-lite", $"a=group:BUNDLE {mid}", "a=msid-semantic: WMS media",
            $"m=audio {at.Port} UDP/TLS/RTP/SAVPF {formats}", $"c=IN IP4 {at.Address}", $"a=rtcp:{at.Port} IN IP4 {at.Address}",
            $"a=candidate:1 1 udp 2130706431 {at.Address} {at.Port} typ host", "a=end-of-candidates",
            $"a=ice-ufrag:{ice.Name}", $"a=ice-pwd:{ice.Password}", $"a=fingerprint:sha-256 {fingerprint}", $"a=setup:{setup}", $"a=mid:{mid}",
            $"a={direction}", "a=rtcp-mux", "a=rtpmap:0 PCMU/8000",
            events is null ? null : $"a=rtpmap:{events} telephone-event/8000", events is null ? null : $"a=fmtp:{events} 0-16",
            "a=ptime:20", $"a=ssrc:{source} cname:media", $"a=ssrc:{source} msid:media audio",
        ];
        return Encoding.UTF8.GetBytes(string.Concat(lines.Where(line => line is not null).Select(line => string.Create(CultureInfo.InvariantCulture, $"{line}\r\n"))));
    }

    /// <summary>What answers a direction.</summary>
    public static string Mirror(string direction) => direction switch
    {
        "sendonly" => "recvonly",
        "recvonly" => "sendonly",
        _ => direction,
    };

    private static string? Value(string[] lines, string prefix) =>
        Array.Find(lines, line => line.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))?[prefix.Length..].Trim();
}
