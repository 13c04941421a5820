using System.Buffers;
using System.Net.WebSockets;

namespace CallCenter.Simulators.Sip;

/// <summary>One open socket: whole messages in, answers and keepalives out, one writer at a time.</summary>
internal sealed class SipConnection(WebSocket socket, SipServerOptions options) : IAsyncDisposable
{
    private const int LargestMessage = 65_536;

    private static readonly byte[] LineBreak = "\r\n"u8.ToArray();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task _keepAlive = Task.CompletedTask;

    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Reads until the client closes; each message that is no keepalive goes through <paramref name="answer"/>.</summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async Task RunAsync(Func<byte[], byte[]?> answer, CancellationToken cancellationToken)
    {
        if (options.KeepAlive is { } pause)
        {
            _keepAlive = KeepAliveAsync(pause);
        }

        while (await ReadAsync(cancellationToken) is { } bytes)
        {
            // RFC 5626, 4.4.1: a double CRLF is a ping and wants a single one back.
            var reply = IsKeepAlive(bytes) ? (bytes.Length >= 4 ? LineBreak : null) : answer(bytes);
            if (reply is not null)
            {
                await SendAsync(reply, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keepAlive;
        _stop.Dispose();
        _writing.Dispose();
    }

    private static bool IsKeepAlive(byte[] bytes) => bytes.AsSpan().IndexOfAnyExcept((byte)'\r', (byte)'\n') < 0;

    // Null after a close or a message that is too long.
    private async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        var message = new ArrayBufferWriter<byte>();
        while (true)
        {
            var part = await socket.ReceiveAsync(message.GetMemory(4096), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                return null;
            }

            message.Advance(part.Count);
            if (message.WrittenCount > LargestMessage)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, null, cancellationToken);
                return null;
            }

            if (part.EndOfMessage)
            {
                return message.WrittenSpan.ToArray();
            }
        }
    }

    private async Task SendAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task KeepAliveAsync(TimeSpan pause)
    {
        try
        {
            while (true)
            {
                await Task.Delay(pause, options.Time, _stop.Token);
                await SendAsync(LineBreak, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // The connection is over; the reader notices for itself.
        }
    }
}
