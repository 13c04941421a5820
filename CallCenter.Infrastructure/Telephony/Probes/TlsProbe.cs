using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Infrastructure.Telephony.Probes;

/// <summary>Asks a TLS server for its certificate and closes. Nothing is sent over the connection, so nothing rests on trust.</summary>
internal sealed class TlsProbe(TimeProvider time)
{
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<TlsResult> RunAsync(ProbeTarget target, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var deadline = new ProbeDeadline(timeout, time, cancellationToken);
        var connection = TcpOutcome.TimedOut;
        CertificateFacts? certificate = null;
        try
        {
            (connection, var socket) = await TcpConnector.ConnectAsync(target, deadline.Token);
            if (socket is null)
            {
                return new TlsResult(TlsOutcome.NotConnected, connection);
            }

            await using var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = target.Host.Trim('[', ']'),
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = (_, shown, _, errors) =>
                    {
                        certificate = shown is X509Certificate2 facts ? CertificateReader.Read(facts, errors == SslPolicyErrors.None) : null;
                        return certificate is not null;
                    },
                },
                deadline.Token);
            return certificate is null
                ? new TlsResult(TlsOutcome.HandshakeFailed, connection)
                : new TlsResult(TlsOutcome.Presented, connection, certificate, stream.SslProtocol.ToString());
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            return connection == TcpOutcome.Connected
                ? new TlsResult(TlsOutcome.TimedOut, connection)
                : new TlsResult(TlsOutcome.NotConnected, TcpOutcome.TimedOut);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or SocketException)
        {
            // A certificate that was shown counts even if the handshake broke after it.
            return certificate is null
                ? new TlsResult(TlsOutcome.HandshakeFailed, connection)
                : new TlsResult(TlsOutcome.Presented, connection, certificate);
        }
    }
}
