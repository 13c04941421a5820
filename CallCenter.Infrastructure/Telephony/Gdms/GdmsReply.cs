using System.Text.Json;

namespace CallCenter.Infrastructure.Telephony.Gdms;

internal enum GdmsReplyKind
{
    Ok,

    /// <summary>No connection, broken connection or no answer in time: a write may have happened.</summary>
    Unreachable,
    ServerError,
    Throttled,

    /// <summary>The custom address is forbidden by the outbound policy.</summary>
    AddressNotAllowed,
    CredentialsRejected,
    TokenRejected,
    SignatureRejected,
    NoPermission,

    /// <summary>A retCode other than 0 that has no better name.</summary>
    Declined,
    Garbage,
}

/// <summary>One answer, judged.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Root">The whole JSON object; set when <see cref="GdmsReplyKind.Ok"/>.</param>
/// <param name="HttpStatus">0 without an answer.</param>
/// <param name="RetCode">The envelope's code, when there was an envelope.</param>
/// <param name="RetryAfter">How long GDMS asks to wait.</param>
internal sealed record GdmsReply(
    GdmsReplyKind Kind, JsonElement Root = default, int HttpStatus = 0, int? RetCode = null, TimeSpan? RetryAfter = null)
{
    /// <summary>The request certainly never reached GDMS: no token, or no connection. A write did not happen then.</summary>
    public bool NotSent { get; init; }
}
