using System.Security.Cryptography;

namespace CallCenter.Simulators.Sip;

/// <summary>Responses as RFC 3261, 8.2.6 wants them: the request's Via, From, To, Call-ID and CSeq.</summary>
internal static class SipReplies
{
    private static readonly string[] Copied = ["Via", "From", "To", "Call-ID", "CSeq"];

    /// <summary>True when a response can be built at all.</summary>
    public static bool CanAnswer(SipMessage request) => Copied.All(name => request[name] is { Length: > 0 });

    public static SipMessage To(SipMessage request, int status, string reason, params IReadOnlyList<SipHeader> more)
    {
        var headers = request.Headers
            .Where(h => Copied.Contains(h.Name, StringComparer.OrdinalIgnoreCase))
            .Select(h => h.Name.Equals("To", StringComparison.OrdinalIgnoreCase) ? h with { Value = WithTag(h.Value) } : h);
        return SipMessage.Response(status, reason, [.. headers, new SipHeader("Server", "CallCenter.Simulators"), .. more]);
    }

    /// <summary>What a proxy says at once, of no dialog yet.</summary>
    public static SipMessage Trying(SipMessage request) => SipMessage.Response(
        100, "trying -- your call is important to us", request.Headers.Where(h => Copied.Contains(h.Name, StringComparer.OrdinalIgnoreCase)));

    private static string WithTag(string to) =>
        SipAddress.TryParse(to, out var address) && !address.Parameters.ContainsKey("tag")
            ? $"{to};tag={Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}"
            : to;
}
