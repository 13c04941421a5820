using System.Net.Sockets;
using System.Security.Authentication;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Exceptions of an HTTPS exchange as kinds of failure.</summary>
internal static class UcmFailures
{
    /// <param name="exception">What was thrown.</param>
    /// <param name="answering">Whether the answer's head had arrived.</param>
    /// <param name="timedOut">Whether our own time limit ran out.</param>
    /// <param name="certificateRefused">Whether we refused the certificate.</param>
    /// <returns>Null for what is no failure of the connection.</returns>
    public static (UcmFailureKind Kind, Error Error)? Classify(Exception exception, bool answering, bool timedOut, bool certificateRefused)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case OutboundRefusedException refused:
                    return (KindOf(refused.Error), refused.Error);
                case AuthenticationException when certificateRefused:
                    return (UcmFailureKind.CertificateRefused, TelephonyErrors.CertificateRefused);
                case AuthenticationException:
                    return (UcmFailureKind.TlsFailed, TelephonyErrors.NoSecureConnection);
                case SocketException { SocketErrorCode: SocketError.TimedOut } or TimeoutException:
                    return (UcmFailureKind.TimedOut, TelephonyErrors.TimedOut);
            }
        }

        return exception switch
        {
            OperationCanceledException when timedOut => (UcmFailureKind.TimedOut, TelephonyErrors.TimedOut),
            HttpRequestException or IOException when timedOut => (UcmFailureKind.TimedOut, TelephonyErrors.TimedOut),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => (UcmFailureKind.TlsFailed, TelephonyErrors.NoSecureConnection),
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } =>
                (UcmFailureKind.NotJson, TelephonyErrors.Garbage),
            InvalidDataException => (UcmFailureKind.NotJson, TelephonyErrors.Garbage),
            HttpRequestException or IOException when answering => (UcmFailureKind.Dropped, TelephonyErrors.Dropped),
            HttpRequestException or IOException or SocketException => (UcmFailureKind.Unreachable, TelephonyErrors.Unreachable),
            _ => null,
        };
    }

    private static UcmFailureKind KindOf(Error refusal) =>
        refusal == TelephonyErrors.NameNotFound ? UcmFailureKind.NameNotFound
        : refusal == TelephonyErrors.TimedOut ? UcmFailureKind.TimedOut
        : UcmFailureKind.AddressNotAllowed;

    /// <summary>Carries the policy's verdict through the HTTP handler.</summary>
    internal sealed class OutboundRefusedException(Error error) : IOException(error.Message)
    {
        public Error Error { get; } = error;
    }
}
