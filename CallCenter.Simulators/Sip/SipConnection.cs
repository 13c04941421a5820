using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace CallCenter.Simulators.Sip;

/// <summary>One open socket: whole messages in; answers, relayed messages and keepalives out, in order, by one writer.</summary>
internal sealed class SipConnection(WebSocket socket, SipServerOptions options) : IAsyncDisposable
{
    private const int LargestMessage = 65_536, LongestQueue = 1_000;

    private static readonly byte[] LineBreak = "\r\n"u8.ToArray();
    private readonly Channel<(DateTimeOffset At, byte[] Bytes)> _outgoing =
        Channel.CreateBounded<(DateTimeOffset, byte[])>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });

    private readonly CancellationTokenSource _stop = new();
    private Task _writing = Task.CompletedTask;
    private Task _keepAlive = Task.CompletedTask;
    private DateTimeOffset _second;
    private int _thisSecond;

    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Nothing is answered nor sent, and nothing says so.</summary>
    public Func<bool> IsFrozen { get; init; } = () => false;

    /// <summary>Reads until the client closes; each message that is no keepalive goes to <paramref name="receive"/>.</summary>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async Task RunAsync(Action<byte[]> receive, CancellationToken cancellationToken)
    {
        _writing = WriteAsync();
        if (options.KeepAlive is { } pause)
        {
            _keepAlive = KeepAliveAsync(pause);
        }

        while (await ReadAsync(cancellationToken) is { } bytes)
        {
            if (IsFrozen())
            {
                continue;
            }

            if (!IsKeepAlive(bytes))
            {
                receive(bytes);
            }
            else if (bytes.Length >= 4)
            {
                // RFC 5626, 4.4.1: a double CRLF is a ping and wants a single one back.
                Send(LineBreak, TimeSpan.Zero);
            }
        }
    }

    /// <summary>Queues a message; one that a client does not read fast enough is lost with its connection.</summary>
    public void Send(byte[] bytes, TimeSpan delay)
    {
        if (!_outgoing.Writer.TryWrite((options.Time.GetUtcNow() + delay, bytes)))
        {
            Abort();
        }
    }

    /// <summary>Breaks the connection without a word.</summary>
    public void Abort() => socket.Abort();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _outgoing.Writer.TryComplete();
        await _keepAlive;
        await _writing;
        _stop.Dispose();
    }

    private static bool IsKeepAlive(byte[] bytes) => bytes.AsSpan().IndexOfAnyExcept((byte)'\r', (byte)'\n') < 0;

    // Null after a close, a message that is too long, or too many of them.
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

            if (!part.EndOfMessage)
            {
                continue;
            }

            if (IsTooFast())
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, "too many messages", cancellationToken);
                return null;
            }

            return message.WrittenSpan.ToArray();
        }
    }

    private bool IsTooFast()
    {
        var now = options.Time.GetUtcNow();
        if (now - _second >= TimeSpan.FromSeconds(1))
        {
            (_second, _thisSecond) = (now, 0);
        }

        return ++_thisSecond > options.MessagesPerSecond;
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var (at, bytes) in _outgoing.Reader.ReadAllAsync(_stop.Token))
            {
                var wait = at - options.Time.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, options.Time, _stop.Token);
                }

                if (!IsFrozen())
                {
                    await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // The connection is over; the reader notices for itself.
        }
    }

    private async Task KeepAliveAsync(TimeSpan pause)
    {
        try
        {
            while (true)
            {
                await Task.Delay(pause, options.Time, _stop.Token);
                Send(LineBreak, TimeSpan.Zero);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // Over.
        }
    }
}
