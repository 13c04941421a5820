using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Simulators.Sip;

/// <summary>
/// A stateless proxy (RFC 3261, 16.11) between the connections of one server. The branch it adds is a keyed hash of the request it
/// came with, so CANCEL and the ACK of an error meet the INVITE's transaction without any being stored, and its Via names the connection
/// to answer on. Requests in a dialog go to whoever holds their Contact now: calls outlive reconnects, as with GRUU.
/// </summary>
internal sealed class SipProxy(string realm, SipRegistrar registrar, Func<string, string?> passwordOf, Func<string, bool> serves, Func<SipQuirks> quirks)
{
    /// <summary>The connection of the PBX's own numbers and of its trunk.</summary>
    public const string Own = "own";

    private const int MostHops = 70;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Where a request goes, changed for the next hop; or the answer to its sender. Null for an ACK that goes nowhere.</summary>
    public SipRoute? Request(SipMessage request, string sender)
    {
        var begins = !HasTag(request["To"]);
        var hops = int.TryParse(request["Max-Forwards"], NumberStyles.None, CultureInfo.InvariantCulture, out var left) ? left : MostHops;
        if (!SipAddress.TryParse(request.RequestUri, out var target))
        {
            return Refuse(request, sender, 416, "Unsupported URI Scheme");
        }

        if (hops <= 0)
        {
            return Refuse(request, sender, 483, "Too Many Hops");
        }

        if (begins && request.Method is not ("ACK" or "CANCEL") && !IsCaller(request, sender))
        {
            return Refuse(request, sender, 403, "Forbidden");
        }

        // The ACK of a refusal names whom the INVITE named, and no Contact.
        var byUser = begins || request.Method == "ACK";
        if (Find(target, byUser) is { } binding)
        {
            var named = binding.Contact.User == target.User && binding.Contact.Host == target.Host;
            return new SipRoute(binding.ConnectionId, Onward(request, sender, named && !begins ? request.RequestUri : binding.Contact.Uri, hops - 1));
        }

        if (target.Host == SipLeg.Host || (begins && passwordOf(target.User) is null && serves(target.User)))
        {
            return new SipRoute(Own, Onward(request, sender, request.RequestUri, hops - 1));
        }

        return int.TryParse(target.User, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 300 and <= 699
            ? Refuse(request, sender, status, "As Dialled")
            : passwordOf(target.User) is not null || !begins
                ? Refuse(request, sender, 480, "Temporarily Unavailable")
                : Refuse(request, sender, 404, "Not Found");
    }

    /// <summary>Where a response goes; null when it does not answer anything that went through here.</summary>
    public SipRoute? Response(SipMessage response)
    {
        var vias = response.All("Via").ToList();
        if (vias.Count < 2)
        {
            return null;
        }

        var ours = Parameters(vias[0]);
        var connection = ours.GetValueOrDefault("conn", "");
        if (!CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(ours.GetValueOrDefault("branch", "")), Encoding.ASCII.GetBytes(Branch(response, vias[1], connection))))
        {
            return null;
        }

        var others = response.Headers.Where(h => h.Name != "Via");
        return new SipRoute(connection, SipMessage.Response(
            response.StatusCode, response.Reason, [.. vias.Skip(1).Select(via => new SipHeader("Via", via)), .. others], response.Body));
    }

    private static SipRoute? Refuse(SipMessage request, string sender, int status, string reason) =>
        request.Method == "ACK" ? null : new SipRoute(sender, SipReplies.To(request, status, reason));

    private static bool HasTag(string? address) => SipAddress.TryParse(address, out var parsed) && parsed.Parameters.ContainsKey("tag");

    private static Dictionary<string, string> Parameters(string via)
    {
        var semicolon = via.IndexOf(';', StringComparison.Ordinal);
        return SipAddress.ReadParameters(semicolon < 0 ? "" : via[semicolon..]);
    }

    private SipBinding? Find(SipAddress target, bool begins)
    {
        var bindings = registrar.Bindings;
        return bindings.FirstOrDefault(b => b.Contact.User == target.User && b.Contact.Host == target.Host)
            ?? (begins ? bindings.LastOrDefault(b => b.User == target.User) : null);
    }

    private bool IsCaller(SipMessage request, string sender) =>
        sender == Own
        || SipAddress.TryParse(request["From"], out var from)
        && registrar.Bindings.Any(b => b.ConnectionId == sender && b.User == from.User);

    private SipMessage Onward(SipMessage request, string sender, string uri, int hops)
    {
        var via = $"SIP/2.0/WS {realm};branch={Branch(request, request.All("Via").First(), sender)};conn={sender}";
        List<SipHeader> headers = [new("Via", via)];
        if (request.Method == "INVITE")
        {
            // Towards the callee, and towards the caller: a proxy between two networks is in both.
            headers.Add(new SipHeader("Record-Route", quirks().TwoRecordRoutes
                ? $"<sip:{realm}:5060;transport=ws;r2=on;lr>, <sip:{realm};transport=ws;r2=on;lr;nat=yes>"
                : $"<sip:{realm};transport=ws;lr>"));
        }

        headers.Add(new SipHeader("Max-Forwards", hops.ToString(CultureInfo.InvariantCulture)));
        headers.AddRange(request.Headers.Where(h => h.Name is not ("Max-Forwards" or "Route" or "Proxy-Authorization")));
        headers.AddRange(request.All("Route").Where(route => !NamesUs(route)).Select(route => new SipHeader("Route", route)));
        return SipMessage.Request(request.Method, uri, headers, request.Body);
    }

    private bool NamesUs(string route) => SipAddress.TryParse(route, out var address) && address.Host.Split(':')[0] == realm;

    private string Branch(SipMessage message, string upstream, string connection)
    {
        var number = (message["CSeq"] ?? "").Split(' ', 2)[0];
        var text = $"{Parameters(upstream).GetValueOrDefault("branch")}\n{number}\n{message["Call-ID"]}\n{connection}";
        return "z9hG4bK" + Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
    }
}
