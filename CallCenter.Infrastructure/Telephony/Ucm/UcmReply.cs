using System.Text.Json;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>A successful answer.</summary>
/// <param name="Response">Content of <c>response</c>; the whole answer for actions that reply without the envelope.</param>
/// <param name="Root">The whole answer.</param>
internal sealed record UcmReply(JsonElement Response, JsonElement Root)
{
    /// <summary>True when a write waits for <c>applyChanges</c>.</summary>
    public bool NeedsApply => Response.Text("need_apply") is "yes" or "1";
}

/// <summary>A reply or the reason why there is none; exactly one is set.</summary>
internal readonly record struct UcmOutcome(UcmReply? Reply, UcmFailure? Failure)
{
    public bool Succeeded => Failure is null;

    public static implicit operator UcmOutcome(UcmFailure failure) => new(null, failure);

    public static implicit operator UcmOutcome(UcmReply reply) => new(reply, null);

    public Result<UcmReply> ToResult() => Failure is { } failure ? failure.Error : Reply!;
}

internal enum UcmFailureKind
{
    NameNotFound,
    AddressNotAllowed,

    /// <summary>Refused, no route, or reset before an answer began.</summary>
    Unreachable,
    TimedOut,

    /// <summary>No TLS handshake: plain HTTP on the port, or no common protocol or cipher (UCM62xx and its weak DH group).</summary>
    TlsFailed,
    CertificateRefused,

    /// <summary>The answer began and broke off.</summary>
    Dropped,

    /// <summary>Another HTTP status than 200; see <see cref="UcmFailure.HttpStatus"/>.</summary>
    HttpStatus,
    Redirected,

    /// <summary>HTML, binary, an empty or a cut body.</summary>
    NotJson,

    /// <summary>JSON, but not of the shape the action answers with.</summary>
    WrongShape,
    TooLarge,

    /// <summary>The UCM answered with a status other than 0; see <see cref="UcmFailure.Status"/>.</summary>
    Api,

    /// <summary>Not asked at all: the same credentials were refused a short while ago.</summary>
    CoolingDown,
}

/// <summary>Everything known about a failed request. Never holds what was sent.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Error">The same in the portal's terms.</param>
/// <param name="Action">The action that was asked for.</param>
internal sealed record UcmFailure(UcmFailureKind Kind, Error Error, string Action)
{
    /// <summary>The UCM's own code; null unless <see cref="UcmFailureKind.Api"/>.</summary>
    public int? Status { get; init; }

    /// <summary>Null unless <see cref="UcmFailureKind.HttpStatus"/> or <see cref="UcmFailureKind.Redirected"/>.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Login attempts the UCM still grants, when it says so.</summary>
    public int? RemainingAttempts { get; init; }

    /// <summary>False when the request certainly never left: no connection, no TLS. Only then a write was certainly not executed.</summary>
    public bool Sent { get; init; } = true;

    /// <summary>The certificate that was refused.</summary>
    public CertificateFacts? Certificate { get; init; }
}
