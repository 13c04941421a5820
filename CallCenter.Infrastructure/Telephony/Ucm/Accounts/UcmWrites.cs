using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm.Accounts;

/// <summary>How a write ended: done, certainly not done, or nobody knows. Pure.</summary>
internal static class UcmWrites
{
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether the UCM may have executed the write although it did not say so. A failure of another action is that of the login before
    /// it; a status is the UCM's word, but for the three that say it lost track itself.
    /// </summary>
    public static bool IsInDoubt(UcmFailure failure, string action) => failure.Action == action && failure.Sent && failure.Kind switch
    {
        UcmFailureKind.Api => failure.Status is UcmStatus.ConnectionClosed or UcmStatus.SystemTimeout or UcmStatus.AbnormalError,
        UcmFailureKind.HttpStatus => failure.HttpStatus is < 400 or >= 500 or 408,
        UcmFailureKind.Redirected or UcmFailureKind.CertificateRefused or UcmFailureKind.TlsFailed or UcmFailureKind.CoolingDown => false,
        _ => true,
    };

    /// <summary>Only an answer that says so is a success: nonsense that happens to be JSON is none.</summary>
    public static bool IsConfirmed(UcmReply reply) => (reply.Root.WholeNumber("status") ?? reply.Response.WholeNumber("status")) == UcmStatus.Success;

    /// <summary>The failure of a write to an extension.</summary>
    public static PbxWrite OfExtension(UcmFailure failure, string action, Func<IReadOnlyList<string>> hints)
    {
        if (IsInDoubt(failure, action))
        {
            return PbxWrite.Doubt(failure.Kind == UcmFailureKind.Api ? ExtensionErrors.InDoubt : failure.Error);
        }

        return failure.Status switch
        {
            UcmStatus.InvalidParameters or UcmStatus.InvalidValue or UcmStatus.OperateFailed or UcmStatus.UpdateFailed or UcmStatus.GetFailed
                or UcmStatus.SensitiveCharacters => PbxWrite.Refused(ExtensionErrors.RefusedByPbx, hints()),
            UcmStatus.NoPermission => PbxWrite.Refused(TelephonyErrors.NotPermitted, hints()),
            UcmStatus.NoSuchItem => PbxWrite.Refused(ExtensionErrors.NotOnPbx),

            // Somebody else was writing at the same moment; nothing of this was taken.
            UcmStatus.DataChanged => PbxWrite.Refused(TelephonyErrors.Busy),
            UcmStatus.UserNameDoesNotExist when failure.Action == action => PbxWrite.Refused(ExtensionErrors.NotOnPbx),
            _ => PbxWrite.Refused(failure.Error) with { RetryAfter = PauseAfter(failure.Status) },
        };
    }

    /// <summary>The failure of applyChanges.</summary>
    public static PbxWrite OfApply(UcmFailure failure, string action)
    {
        if (IsInDoubt(failure, action))
        {
            return PbxWrite.Doubt(failure.Kind == UcmFailureKind.Api ? ExtensionErrors.InDoubt : failure.Error);
        }

        Error error = failure.Status switch
        {
            -45 or -46 or -57 => ExtensionErrors.ApplyTooSoon,
            -51 => ExtensionErrors.ApplyRunning,
            -69 or -90 or -98 => ExtensionErrors.ApplyConference,
            _ => failure.Error,
        };
        return PbxWrite.Refused(error) with { RetryAfter = PauseAfter(failure.Status) };
    }

    private static TimeSpan? PauseAfter(int? status) => status switch
    {
        -45 or -46 => ShortPause,
        -57 => LongPause,
        _ => null,
    };
}
