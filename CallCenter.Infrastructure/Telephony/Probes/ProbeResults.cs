using System.Net;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Probes;

internal enum TcpOutcome
{
    Connected,
    NameNotFound,
    Refused,

    /// <summary>No route to the host or network.</summary>
    Unreachable,
    TimedOut,
}

internal sealed record TcpResult(TcpOutcome Outcome, IPEndPoint? RemoteEndPoint = null);

internal enum TlsOutcome
{
    /// <summary>The handshake reached the peer's certificate; see <see cref="TlsResult.Certificate"/>.</summary>
    Presented,

    /// <summary>No TCP connection; see <see cref="TlsResult.Connection"/>.</summary>
    NotConnected,

    /// <summary>Connected, but no handshake: plain HTTP on the port, a closed stream, or no common protocol.</summary>
    HandshakeFailed,
    TimedOut,
}

/// <param name="Outcome">How far it went.</param>
/// <param name="Connection">How the TCP part ended.</param>
/// <param name="Certificate">Set exactly when <see cref="TlsOutcome.Presented"/>.</param>
/// <param name="Protocol">Negotiated protocol such as <c>Tls13</c>; null without a handshake.</param>
internal sealed record TlsResult(
    TlsOutcome Outcome, TcpOutcome Connection, CertificateFacts? Certificate = null, string? Protocol = null);

internal enum SipWebSocketOutcome
{
    /// <summary>A SIP reply with any status arrived, even 4xx: something there speaks SIP.</summary>
    Answered,
    NameNotFound,
    Refused,
    Unreachable,
    TimedOut,

    /// <summary>No TLS handshake at all.</summary>
    TlsFailed,

    /// <summary>Another certificate than the pinned one; see <see cref="SipWebSocketResult.PresentedThumbprint"/>.</summary>
    CertificateMismatch,

    /// <summary>The path answered, but not with 101; see <see cref="SipWebSocketResult.HttpStatus"/> (404: wrong path).</summary>
    WrongStatus,

    /// <summary>A WebSocket opened without the subprotocol <c>sip</c>: not a SIP endpoint.</summary>
    NoSubprotocol,

    /// <summary>The WebSocket is open, but nothing or only non-SIP arrived before the deadline or the close.</summary>
    NoSipAnswer,

    /// <summary>The connection broke, or what came was not HTTP.</summary>
    Broken,
}

/// <param name="Outcome">How far it went.</param>
/// <param name="HttpStatus">Status of the upgrade when one arrived (101 on success).</param>
/// <param name="SipStatus">Status of the OPTIONS reply; null unless answered.</param>
/// <param name="SipReason">Reason phrase of that reply; a peer's text, to be shown as text only.</param>
/// <param name="Server">Server or User-Agent header of that reply, at most 100 characters.</param>
/// <param name="PresentedThumbprint">SHA-256 of the certificate that was shown, upper-case hex.</param>
internal sealed record SipWebSocketResult(
    SipWebSocketOutcome Outcome,
    int? HttpStatus = null,
    int? SipStatus = null,
    string? SipReason = null,
    string? Server = null,
    string? PresentedThumbprint = null);

internal enum StunOutcome
{
    /// <summary>A valid answer; see <see cref="StunResult.MappedEndPoint"/>.</summary>
    Mapped,
    NameNotFound,

    /// <summary>All retransmissions went unanswered.</summary>
    NoAnswer,

    /// <summary>The host says that nothing listens on the port.</summary>
    Refused,

    /// <summary>The server declined; see <see cref="StunResult.ErrorCode"/>.</summary>
    ErrorResponse,

    /// <summary>Only replies to other transactions arrived.</summary>
    WrongTransaction,

    /// <summary>Something answered that is not STUN, or a success without an address.</summary>
    Garbage,
}

/// <param name="Outcome">How it ended.</param>
/// <param name="MappedEndPoint">How the server sees us; set exactly when <see cref="StunOutcome.Mapped"/>.</param>
/// <param name="ErrorCode">300 to 699; set exactly when <see cref="StunOutcome.ErrorResponse"/>.</param>
/// <param name="RoundTrip">From the last request sent to the answer; null without one.</param>
internal sealed record StunResult(
    StunOutcome Outcome, IPEndPoint? MappedEndPoint = null, int? ErrorCode = null, TimeSpan? RoundTrip = null);
