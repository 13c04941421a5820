using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>
/// One request, one answer, over HTTPS to one UCM; knows nothing of sessions. Not for concurrent use: a refused certificate is
/// remembered from the handshake to the failure it causes.
/// </summary>
internal sealed class UcmTransport : IDisposable
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly PbxEndpoint _pbx;
    private readonly IOutboundPolicy _policy;
    private readonly UcmOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly Uri _address;
    private CertificateFacts? _refusedCertificate;

    public UcmTransport(PbxEndpoint pbx, IOutboundPolicy policy, UcmOptions options, TimeProvider time)
    {
        _pbx = pbx;
        _policy = policy;
        _options = options;
        _time = time;
        _address = new UriBuilder(Uri.UriSchemeHttps, pbx.Host, pbx.Port, "api").Uri;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = 1,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = ConnectAsync,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = JudgeCertificate },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends an action. Only the caller's cancellation throws; all else is in the outcome.</summary>
    public Task<UcmOutcome> SendAsync(
        string action, string? cookie, IReadOnlyDictionary<string, string>? parameters, CancellationToken cancellationToken) =>
        SendAsync(action, cookie, parameters, null, cancellationToken);

    /// <summary>Sends an action whose answer is a file; what <paramref name="take"/> throws comes through.</summary>
    public Task<UcmOutcome> DownloadAsync(
        string action, string? cookie, IReadOnlyDictionary<string, string>? parameters, UcmTake take, CancellationToken cancellationToken) =>
        SendAsync(action, cookie, parameters, take, cancellationToken);

    private async Task<UcmOutcome> SendAsync(
        string action, string? cookie, IReadOnlyDictionary<string, string>? parameters, UcmTake? take, CancellationToken cancellationToken)
    {
        _refusedCertificate = null;
        using var timeout = new CancellationTokenSource(_options.TimeoutFor(action), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var answering = false;
        using var content = Serialize(action, cookie, parameters);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = content };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            answering = true;
            if (response.StatusCode != HttpStatusCode.OK)
            {
                var kind = (int)response.StatusCode is >= 300 and < 400 ? UcmFailureKind.Redirected : UcmFailureKind.HttpStatus;
                return new UcmFailure(kind, TelephonyErrors.Garbage, action) { HttpStatus = (int)response.StatusCode };
            }

            if (take is not null)
            {
                await using var stream = new UcmDownload(
                    await response.Content.ReadAsStreamAsync(either.Token), () => timeout.CancelAfter(_options.TimeoutFor(action)), either.Token);
                return await UcmDownload.TakeAsync(stream, action, take, either.Token);
            }

            var body = await ReadAsync(response.Content, either.Token);
            if (body is null)
            {
                return new UcmFailure(UcmFailureKind.TooLarge, TelephonyErrors.Garbage, action);
            }

            return UcmBody.TryParse(body) is { } root ? UcmBody.ToOutcome(root, action) : UcmBody.NotJson(action);
        }
        catch (Exception exception) when (UcmFailures.Classify(exception, answering, timeout.IsCancellationRequested, _refusedCertificate is not null) is { } kind
            && !cancellationToken.IsCancellationRequested)
        {
            return new UcmFailure(kind.Kind, kind.Error, action) { Certificate = _refusedCertificate, Sent = content.Began };
        }
    }

    private static WatchedContent Serialize(string action, string? cookie, IReadOnlyDictionary<string, string>? parameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteStartObject("request");
            json.WriteString("action", action);
            if (cookie is not null)
            {
                json.WriteString("cookie", cookie);
            }

            foreach (var (name, value) in parameters ?? new Dictionary<string, string>())
            {
                if (value == UcmActions.Null)
                {
                    json.WriteNull(name);
                }
                else
                {
                    json.WriteString(name, value);
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        var content = new WatchedContent(buffer.WrittenSpan.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json;charset=UTF-8");
        return content;
    }

    private async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > _options.MaxResponseBytes)
        {
            return null;
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream((int)(content.Headers.ContentLength ?? 4096));
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (body.Length + read > _options.MaxResponseBytes)
                {
                    return null;
                }

                body.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return body.ToArray();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await _policy.ResolveAsync(_pbx.Host, cancellationToken);
        if (addresses.Error is { } error)
        {
            throw new UcmFailures.OutboundRefusedException(error);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. addresses.Value], _pbx.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool JudgeCertificate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (certificate is not X509Certificate2 shown)
        {
            return false;
        }

        var facts = CertificateReader.Read(shown, trusted: false);
        if (string.Equals(facts.Sha256Thumbprint, _pbx.PinnedCertificateSha256, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        _refusedCertificate = facts;
        return false;
    }

    /// <summary>Knows whether anybody began to write it to a connection that stands; before that a PBX cannot have seen it.</summary>
    private sealed class WatchedContent(byte[] bytes) : ByteArrayContent(bytes)
    {
        public bool Began { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            Began = true;
            return base.SerializeToStreamAsync(stream, context, cancellationToken);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            Began = true;
            return base.SerializeToStreamAsync(stream, context);
        }
    }
}
