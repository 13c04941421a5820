namespace CallCenter.Infrastructure.Mail;

/// <summary>Writes a message after DATA: a dot before each line that begins with one, and the closing dot at the end.</summary>
internal sealed class DotStuffing(Stream inner) : Stream
{
    private const byte Dot = (byte)'.';
    private bool _atLineStart = true;
    private byte _last;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Says that the message is over. The stream below stays open.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await inner.WriteAsync(_atLineStart ? ".\r\n"u8.ToArray() : "\r\n.\r\n"u8.ToArray(), cancellationToken);
        await inner.FlushAsync(cancellationToken);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var from = 0;
        for (var i = 0; i < buffer.Length; i++)
        {
            var sign = buffer.Span[i];
            if (_atLineStart && sign == Dot)
            {
                await inner.WriteAsync(buffer[from..i], cancellationToken);
                await inner.WriteAsync(new byte[] { Dot }, cancellationToken);
                from = i;
            }

            _atLineStart = sign == '\n' && _last == '\r';
            _last = sign;
        }

        await inner.WriteAsync(buffer[from..], cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
