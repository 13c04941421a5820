using System.Buffers;
using System.Net;
using System.Net.Sockets;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Telephony.Gdms;

/// <summary>
/// Sends one request and reads its answer whole. Not from the client factory, whose handlers log addresses: here they hold the token.
/// Redirects are not followed and no activity is made, for the same reason.
/// </summary>
internal sealed class GdmsTransport : IDisposable
{
    private readonly GdmsOptions _options;
    private readonly IOutboundPolicy _policy;
    private readonly TimeProvider _time;
    private readonly HttpClient _clouds;
    private readonly HttpClient _guarded;

    public GdmsTransport(IOptions<GdmsOptions> options, IOutboundPolicy policy, TimeProvider time)
    {
        _options = options.Value;
        _policy = policy;
        _time = time;
        _clouds = NewClient(connect: null);
        _guarded = NewClient(ConnectGuardedAsync);
    }

    /// <summary>Only the caller's cancellation throws.</summary>
    /// <param name="request">Disposed by the caller.</param>
    /// <param name="guarded">The address was given by a tenant, so the outbound policy decides.</param>
    /// <param name="read">Judges status, body and Retry-After.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<GdmsReply> SendAsync(
        HttpRequestMessage request, bool guarded, Func<int, ReadOnlyMemory<byte>, TimeSpan?, GdmsReply> read, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await (guarded ? _guarded : _clouds).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await ReadAsync(response.Content, either.Token);
            return body is null
                ? new GdmsReply(GdmsReplyKind.Garbage, HttpStatus: (int)response.StatusCode)
                : read((int)response.StatusCode, body, RetryAfter(response));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new GdmsReply(
                IsRefusal(exception) ? GdmsReplyKind.AddressNotAllowed
                : exception is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } ? GdmsReplyKind.Garbage
                : GdmsReplyKind.Unreachable)
            {
                NotSent = IsRefusal(exception) || exception is HttpRequestException
                {
                    HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError,
                },
            };
        }
    }

    public void Dispose()
    {
        _clouds.Dispose();
        _guarded.Dispose();
    }

    private static bool IsRefusal(Exception? exception)
    {
        while (exception is not null and not OutboundRefusedException)
        {
            exception = exception.InnerException;
        }

        return exception is not null;
    }

    private HttpClient NewClient(Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = connect is null,
        ActivityHeadersPropagator = null,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        ConnectTimeout = _options.ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = connect,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private async ValueTask<Stream> ConnectGuardedAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await _policy.ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
        if (addresses.Error is { } error)
        {
            throw error == TelephonyErrors.AddressNotAllowed ? new OutboundRefusedException(error.Message) : new IOException(error.Message);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. addresses.Value], context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var pause = header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }

    // Null: too large.
    private async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var body = new ArrayBufferWriter<byte>();
        int read;
        while ((read = await stream.ReadAsync(body.GetMemory(16_384), cancellationToken)) > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > _options.MaxResponseBytes)
            {
                return null;
            }
        }

        return body.WrittenSpan.ToArray();
    }

    /// <summary>Carries the policy's verdict through the HTTP handler.</summary>
    private sealed class OutboundRefusedException(string message) : IOException(message);
}
