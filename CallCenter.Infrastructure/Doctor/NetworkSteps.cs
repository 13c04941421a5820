using System.Net;
using CallCenter.Core.Doctor;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Probes;

namespace CallCenter.Infrastructure.Doctor;

/// <summary>Name, TCP, TLS, WebSocket and SIP of one PBX. Keeps what later steps need.</summary>
internal sealed class NetworkSteps(
    PbxEndpoint pbx, IOutboundPolicy policy, TcpProbe tcp, TlsProbe tls, SipWebSocketProbe webSocket, DoctorOptions options, TimeProvider time)
{
    private IReadOnlyList<IPAddress> _addresses = [];
    private SipWebSocketResult? _sip;

    private ProbeTarget Target => new(pbx.Host, pbx.Port, _addresses);

    public async Task<StepOutcome> NameAsync(CancellationToken cancellationToken)
    {
        var found = await policy.ResolveAsync(pbx.Host, cancellationToken);
        if (found.Error is { } error)
        {
            return StepOutcome.Failed(NameCode(error), pbx.Host);
        }

        _addresses = found.Value;
        return StepOutcome.Passed(DiagnosisCodes.NameFound, string.Join(", ", _addresses));
    }

    public async Task<StepOutcome> TcpAsync(CancellationToken cancellationToken)
    {
        var result = await tcp.RunAsync(Target, options.TcpTimeout, cancellationToken);
        return result.Outcome switch
        {
            TcpOutcome.Connected => StepOutcome.Passed(DiagnosisCodes.TcpConnected, Text(result.RemoteEndPoint)),
            TcpOutcome.Refused => StepOutcome.Failed(DiagnosisCodes.TcpRefused, pbx.Port),
            TcpOutcome.TimedOut => StepOutcome.Failed(DiagnosisCodes.TcpTimedOut, pbx.Port),
            TcpOutcome.NameNotFound => StepOutcome.Failed(DiagnosisCodes.NameNotFound, pbx.Host),
            _ => StepOutcome.Failed(DiagnosisCodes.TcpUnreachable, pbx.Host),
        };
    }

    public async Task<StepOutcome> TlsAsync(CancellationToken cancellationToken)
    {
        var result = await tls.RunAsync(Target, options.TlsTimeout, cancellationToken);
        return result.Outcome switch
        {
            TlsOutcome.Presented => Judge(result.Certificate!) with { Certificate = result.Certificate },
            TlsOutcome.TimedOut => StepOutcome.Failed(DiagnosisCodes.TlsTimedOut),
            TlsOutcome.NotConnected => StepOutcome.Failed(DiagnosisCodes.AnswerUnreachable),
            _ => StepOutcome.Failed(DiagnosisCodes.TlsHandshakeFailed, pbx.Port),
        };
    }

    public async Task<StepOutcome> WebSocketAsync(CancellationToken cancellationToken)
    {
        var path = pbx.WebSocketPath;
        _sip = await webSocket.RunAsync(Target, path, pbx.PinnedCertificateSha256, options.WebSocketTimeout, cancellationToken);
        return _sip.Outcome switch
        {
            SipWebSocketOutcome.Answered or SipWebSocketOutcome.NoSipAnswer => StepOutcome.Passed(DiagnosisCodes.WebSocketOpen, path),
            SipWebSocketOutcome.NoSubprotocol => StepOutcome.Failed(DiagnosisCodes.WebSocketNoSubprotocol, path),
            SipWebSocketOutcome.WrongStatus when _sip.HttpStatus == (int)HttpStatusCode.NotFound =>
                StepOutcome.Failed(DiagnosisCodes.WebSocketWrongPath, path),
            SipWebSocketOutcome.WrongStatus => StepOutcome.Failed(DiagnosisCodes.WebSocketRefusedUpgrade, _sip.HttpStatus ?? 0, path),
            SipWebSocketOutcome.TimedOut => StepOutcome.Failed(DiagnosisCodes.WebSocketTimedOut),
            SipWebSocketOutcome.CertificateMismatch => StepOutcome.Failed(DiagnosisCodes.AnswerUntrusted),
            SipWebSocketOutcome.Refused or SipWebSocketOutcome.Unreachable or SipWebSocketOutcome.NameNotFound =>
                StepOutcome.Failed(DiagnosisCodes.AnswerUnreachable),
            _ => StepOutcome.Failed(DiagnosisCodes.WebSocketBroken),
        };
    }

    // The answer came, or did not, while the step before ran: one socket serves both.
    public Task<StepOutcome> SipAsync(CancellationToken cancellationToken) => Task.FromResult(_sip switch
    {
        { Outcome: SipWebSocketOutcome.Answered, SipStatus: >= 500 and < 600 } => StepOutcome.Warning(DiagnosisCodes.SipError, _sip.SipStatus.Value),
        { Outcome: SipWebSocketOutcome.Answered } => StepOutcome.Passed(DiagnosisCodes.SipAnswered, _sip.SipStatus ?? 0),
        _ => StepOutcome.Failed(DiagnosisCodes.SipNoAnswer),
    });

    // A socket for both families shows IPv4 in its mapped form, which nobody typed.
    private static string Text(IPEndPoint? end) =>
        end is { Address.IsIPv4MappedToIPv6: true } ? new IPEndPoint(end.Address.MapToIPv4(), end.Port).ToString() : end?.ToString() ?? "";

    private static string NameCode(Error error) =>
        error == TelephonyErrors.AddressNotAllowed ? DiagnosisCodes.NameNotAllowed
        : error == TelephonyErrors.TimedOut ? DiagnosisCodes.NameTimedOut
        : DiagnosisCodes.NameNotFound;

    private StepOutcome Judge(CertificateFacts certificate)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var pinned = string.Equals(certificate.Sha256Thumbprint, pbx.PinnedCertificateSha256, StringComparison.OrdinalIgnoreCase);
        if (!pinned && !certificate.TrustedBySystem)
        {
            return StepOutcome.Failed(pbx.PinnedCertificateSha256 is null ? DiagnosisCodes.TlsUnpinned : DiagnosisCodes.TlsMismatch);
        }

        if (now > certificate.NotAfterUtc)
        {
            return StepOutcome.Warning(DiagnosisCodes.TlsExpired, certificate.NotAfterUtc);
        }

        if (now < certificate.NotBeforeUtc)
        {
            return StepOutcome.Warning(DiagnosisCodes.TlsNotYetValid, certificate.NotBeforeUtc);
        }

        if (certificate.NotAfterUtc - now < options.CertificateWarning)
        {
            return StepOutcome.Warning(DiagnosisCodes.TlsExpiresSoon, certificate.NotAfterUtc);
        }

        if (!pinned && pbx.PinnedCertificateSha256 is not null)
        {
            return StepOutcome.Warning(DiagnosisCodes.TlsPinOutdated, certificate.NotAfterUtc);
        }

        return StepOutcome.Passed(certificate.TrustedBySystem ? DiagnosisCodes.TlsTrusted : DiagnosisCodes.TlsPinned, certificate.NotAfterUtc);
    }
}
