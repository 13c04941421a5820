using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CallCenter.Infrastructure.Telephony.Probes;

/// <summary>Opens the PBX's SIP WebSocket the way the browser phone will, sends OPTIONS, and says how far it came.</summary>
internal sealed class SipWebSocketProbe(TimeProvider time)
{
    private const string Subprotocol = "sip";
    private const int LargestFrame = 65_536;

    /// <param name="target">The PBX.</param>
    /// <param name="path">Path of the WebSocket, with or without its leading slash.</param>
    /// <param name="pinnedSha256">Accepted besides a publicly trusted certificate; hex, any case; null for none.</param>
    /// <param name="timeout">For everything together.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<SipWebSocketResult> RunAsync(
        ProbeTarget target, string path, string? pinnedSha256, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var deadline = new ProbeDeadline(timeout, time, cancellationToken);
        using var attempt = new Attempt(target, pinnedSha256);
        try
        {
            await attempt.ConnectAsync(path, deadline.Token);
            return await attempt.AskAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            return attempt.Result(attempt.IsOpen ? SipWebSocketOutcome.NoSipAnswer : SipWebSocketOutcome.TimedOut);
        }
        catch (Exception exception) when (exception is WebSocketException or HttpRequestException or IOException or SocketException)
        {
            // The underlying HTTP stack wraps a cancelled read in its own exceptions now and then.
            cancellationToken.ThrowIfCancellationRequested();
            return attempt.Result(deadline.IsOver && !attempt.IsOpen ? SipWebSocketOutcome.TimedOut : attempt.Classify(exception));
        }
    }

    private sealed class Attempt : IDisposable
    {
        private readonly ProbeTarget _target;
        private readonly string? _pinnedSha256;
        private readonly ClientWebSocket _socket = new();
        private readonly HttpMessageInvoker _http;
        private TcpOutcome? _tcp;
        private string? _presented;
        private bool _certificateRefused;
        private bool _opened;

        public Attempt(ProbeTarget target, string? pinnedSha256)
        {
            _target = target;
            _pinnedSha256 = pinnedSha256;
            _socket.Options.AddSubProtocol(Subprotocol);
            _socket.Options.CollectHttpResponseDetails = true;
            _http = new HttpMessageInvoker(new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                ConnectCallback = ConnectSocketAsync,
                SslOptions = new SslClientAuthenticationOptions
                {
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = Judge,
                },
            });
        }

        public bool IsOpen => _opened;

        public Task ConnectAsync(string path, CancellationToken cancellationToken)
        {
            var url = new UriBuilder(Uri.UriSchemeWss, _target.Host, _target.Port, path.StartsWith('/') ? path : "/" + path);
            return ConnectAsync(url.Uri, cancellationToken);
        }

        public async Task<SipWebSocketResult> AskAsync(CancellationToken cancellationToken)
        {
            if (!string.Equals(_socket.SubProtocol, Subprotocol, StringComparison.OrdinalIgnoreCase))
            {
                return Result(SipWebSocketOutcome.NoSubprotocol);
            }

            var options = new SipOptions(_target.Host);
            await _socket.SendAsync(options.Compose(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            while (await ReadAsync(cancellationToken) is { } bytes)
            {
                var frame = options.Read(bytes);
                if (frame.Kind == SipOptions.FrameKind.Answer)
                {
                    return Result(SipWebSocketOutcome.Answered) with
                    {
                        SipStatus = frame.Status,
                        SipReason = frame.Reason,
                        Server = frame.Server,
                    };
                }
            }

            return Result(SipWebSocketOutcome.NoSipAnswer);
        }

        public SipWebSocketResult Result(SipWebSocketOutcome outcome) => new(
            outcome,
            _socket.HttpStatusCode == default ? null : (int)_socket.HttpStatusCode,
            PresentedThumbprint: _presented);

        public SipWebSocketOutcome Classify(Exception exception)
        {
            if (_opened)
            {
                return SipWebSocketOutcome.NoSipAnswer;
            }

            if (_tcp is { } tcp and not TcpOutcome.Connected)
            {
                return tcp switch
                {
                    TcpOutcome.NameNotFound => SipWebSocketOutcome.NameNotFound,
                    TcpOutcome.Refused => SipWebSocketOutcome.Refused,
                    TcpOutcome.TimedOut => SipWebSocketOutcome.TimedOut,
                    _ => SipWebSocketOutcome.Unreachable,
                };
            }

            if (_certificateRefused)
            {
                return SipWebSocketOutcome.CertificateMismatch;
            }

            if (_socket.HttpStatusCode is not (default(HttpStatusCode) or HttpStatusCode.SwitchingProtocols))
            {
                return SipWebSocketOutcome.WrongStatus;
            }

            return IsTlsFailure(exception) ? SipWebSocketOutcome.TlsFailed : SipWebSocketOutcome.Broken;
        }

        public void Dispose()
        {
            // No closing handshake: the PBX has seen all it needs, and waiting for it would cost the run its time.
            _socket.Dispose();
            _http.Dispose();
        }

        // Before a certificate was shown, whatever breaks is the handshake's: plain HTTP on the port, or no common protocol.
        private bool IsTlsFailure(Exception exception)
        {
            for (var inner = exception; inner is not null; inner = inner.InnerException!)
            {
                if (inner is AuthenticationException)
                {
                    return true;
                }
            }

            return _presented is null;
        }

        private async Task ConnectAsync(Uri url, CancellationToken cancellationToken)
        {
            await _socket.ConnectAsync(url, _http, cancellationToken);
            _opened = true;
        }

        private async ValueTask<Stream> ConnectSocketAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
        {
            var (outcome, socket) = await TcpConnector.ConnectAsync(_target, cancellationToken);
            _tcp = outcome;
            return socket is null ? throw new IOException(outcome.ToString()) : new NetworkStream(socket, ownsSocket: true);
        }

        private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            _presented = certificate?.GetCertHashString(HashAlgorithmName.SHA256);
            var accepted = _presented is not null
                && (errors == SslPolicyErrors.None || string.Equals(_presented, _pinnedSha256, StringComparison.OrdinalIgnoreCase));
            _certificateRefused = !accepted;
            return accepted;
        }

        // Null: closed, or a frame that is longer than any SIP answer.
        private async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
        {
            using var frame = new MemoryStream();
            var buffer = new byte[4096];
            while (frame.Length <= LargestFrame)
            {
                var part = await _socket.ReceiveAsync(buffer, cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                frame.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    return frame.ToArray();
                }
            }

            return null;
        }
    }
}
