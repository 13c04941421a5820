using System.Globalization;
using System.Security.Cryptography;
using CallCenter.Simulators.Media;

namespace CallCenter.Simulators.Sip;

/// <summary>One dialog of the media peer and the sound in it.</summary>
internal sealed class SipLeg(string callId, string number, bool outgoing, MediaSession media)
{
    public const string Host = "media.invalid";

    public string CallId { get; } = callId;

    /// <summary>Whom the peer plays in it.</summary>
    public string Number { get; } = number;

    public bool Outgoing { get; } = outgoing;

    public MediaSession Media { get; } = media;

    public string Tag { get; } = NewTag();

    /// <summary>Our address with our tag, theirs with theirs.</summary>
    public string Local { get; set; } = "";

    public string Remote { get; set; } = "";

    public string Target { get; set; } = "";

    public IReadOnlyList<string> Routes { get; set; } = [];

    public int Sequence { get; set; } = 1;

    /// <summary>The INVITE that is not answered yet; of ours or theirs.</summary>
    public SipMessage? Pending { get; set; }

    public bool Established { get; set; }

    public MediaRoom? Room { get; set; }

    /// <summary>Who speaks for us; null in numbers of the PBX itself.</summary>
    public MediaVoice? Voice { get; set; }

    /// <summary>The leg in which we were told to make this call.</summary>
    public SipLeg? ReferredBy { get; set; }

    public string Contact => $"<sip:{Tag}@{Host};transport=ws>";

    public static string NewTag() => RandomNumberGenerator.GetHexString(12, lowercase: true);

    /// <summary>A request in the dialog.</summary>
    public SipMessage Request(string method, byte[]? body = null, params SipHeader[] more) => SipMessage.Request(
        method,
        Target,
        [
            new("Via", $"SIP/2.0/WS {Host};branch=z9hG4bK{NewTag()}"),
            .. Routes.Select(route => new SipHeader("Route", route)),
            new("From", Local),
            new("To", Remote),
            new("Call-ID", CallId),
            new("CSeq", string.Create(CultureInfo.InvariantCulture, $"{(method is "ACK" ? Sequence : ++Sequence)} {method}")),
            new("Max-Forwards", "70"),
            new("Contact", Contact),
            .. more,
        ],
        body);

    /// <summary>The CANCEL of an INVITE, or the ACK of its refusal: of the same transaction (RFC 3261, 9.1 and 17.1.1.3).</summary>
    public static SipMessage Follow(SipMessage invite, string method, string to) => SipMessage.Request(
        method,
        invite.RequestUri,
        [
            .. invite.Headers.Where(header => header.Name is "Via" or "From" or "Call-ID" or "Max-Forwards"),
            new("To", to),
            new("CSeq", (invite["CSeq"] ?? "").Replace("INVITE", method, StringComparison.Ordinal)),
        ]);

    /// <summary>A response that carries our tag and contact.</summary>
    public SipMessage Reply(SipMessage request, int status, string reason, byte[]? body = null, params SipHeader[] more)
    {
        var headers = SipReplies.To(request, status, reason).Headers
            .Select(header => header.Name.Equals("To", StringComparison.OrdinalIgnoreCase) ? header with { Value = Tagged(request["To"] ?? "") } : header)
            .Concat(request.All("Record-Route").Select(route => new SipHeader("Record-Route", route)))
            .Append(new SipHeader("Contact", Contact))
            .Concat(more);
        return SipMessage.Response(status, reason, body is null ? headers : headers.Append(new SipHeader("Content-Type", "application/sdp")), body);
    }

    private string Tagged(string to) => to.Contains(";tag=", StringComparison.OrdinalIgnoreCase) ? to : $"{to};tag={Tag}";
}
