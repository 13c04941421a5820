using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Softphone;
using CallCenter.Infrastructure.Telephony.Probes;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>Opens a SIP WebSocket as a browser will and asks for the realm.</summary>
internal sealed class RealmProbe(IOutboundPolicy policy, TimeProvider time)
{
    private const string Subprotocol = "sip";
    private const int LargestFrame = 65_536;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    /// <param name="url">Address.</param>
    /// <param name="domain">SIP domain.</param>
    /// <param name="user">Who would register.</param>
    /// <param name="pinnedSha256">Accepted besides a publicly trusted certificate; null for none.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<Result<PhoneProbe>> RunAsync(Uri url, string domain, string user, string? pinnedSha256, CancellationToken cancellationToken)
    {
        var addresses = await policy.ResolveAsync(url.Host, cancellationToken);
        if (addresses.Error is { } refused)
        {
            return refused;
        }

        using var deadline = new ProbeDeadline(Patience, time, cancellationToken);
        var target = new ProbeTarget(url.Host, url.Port, addresses.Value);
        var trusted = url.Scheme == "ws";
        using var http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = async (_, token) =>
            {
                var (outcome, socket) = await TcpConnector.ConnectAsync(target, token);
                return socket is null ? throw new IOException(outcome.ToString()) : new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                {
                    trusted = errors == SslPolicyErrors.None;
                    return trusted || (pinnedSha256 is not null
                        && string.Equals(certificate?.GetCertHashString(HashAlgorithmName.SHA256), pinnedSha256, StringComparison.OrdinalIgnoreCase));
                },
            },
        });
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(Subprotocol);
        try
        {
            var begun = time.GetTimestamp();
            await socket.ConnectAsync(url, http, deadline.Token);
            var open = time.GetElapsedTime(begun);
            if (!string.Equals(socket.SubProtocol, Subprotocol, StringComparison.OrdinalIgnoreCase))
            {
                return PhoneErrors.NotSip;
            }

            var asked = time.GetTimestamp();
            var challenge = new SipChallenge(domain, user);
            await socket.SendAsync(challenge.Compose(), WebSocketMessageType.Text, endOfMessage: true, deadline.Token);
            while (await ReadAsync(socket, deadline.Token) is { } frame)
            {
                if (challenge.Read(frame) is not { } answer)
                {
                    continue;
                }

                return answer.Realm is { Length: > 0 } realm
                    ? new PhoneProbe(
                        url.ToString(), realm, answer.Server, (int)open.TotalMilliseconds, (int)time.GetElapsedTime(asked).TotalMilliseconds, trusted)
                    : PhoneErrors.NoDigest;
            }

            return PhoneErrors.NotSip;
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            return socket.State == WebSocketState.Open ? PhoneErrors.NotSip : PhoneErrors.SocketFailed;
        }
        catch (Exception exception) when (exception is WebSocketException or HttpRequestException or IOException or SocketException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return PhoneErrors.SocketFailed;
        }
    }

    // Null: closed, or a frame that is longer than any SIP answer.
    private static async Task<byte[]?> ReadAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        using var frame = new MemoryStream();
        var buffer = new byte[4096];
        while (frame.Length <= LargestFrame)
        {
            var part = await socket.ReceiveAsync(buffer, cancellationToken);
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
