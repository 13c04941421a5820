using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Telephony.Gdms;

namespace CallCenter.Infrastructure.Telephony.Gdms;

/// <summary>What people are told about an answer that is not one.</summary>
internal static class GdmsFailures
{
    /// <summary>Null when there is nothing to tell.</summary>
    public static Error? Of(GdmsReply reply) => reply.Kind == GdmsReplyKind.Ok ? null : ErrorOf(reply);

    /// <summary>For any kind but <see cref="GdmsReplyKind.Ok"/>.</summary>
    public static Error ErrorOf(GdmsReply reply) => reply.Kind switch
    {
        GdmsReplyKind.Unreachable or GdmsReplyKind.ServerError => GdmsErrors.Unreachable,
        GdmsReplyKind.Throttled => GdmsErrors.Throttled,
        GdmsReplyKind.AddressNotAllowed => TelephonyErrors.AddressNotAllowed,
        GdmsReplyKind.CredentialsRejected => GdmsErrors.CredentialsRejected,
        GdmsReplyKind.TokenRejected => GdmsErrors.SessionExpired,
        GdmsReplyKind.SignatureRejected => GdmsErrors.SignatureRejected,
        GdmsReplyKind.NoPermission => GdmsErrors.NoPermission,
        GdmsReplyKind.Declined => GdmsErrors.Declined,
        _ => GdmsErrors.UnexpectedReply,
    };
}
