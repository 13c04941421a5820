using System.Buffers;
using System.Globalization;
using System.Text;

namespace CallCenter.Infrastructure.Exports;

/// <summary>Text as UTF-8 in a buffer of its own that goes to the stream in large pieces; makes no garbage per value.</summary>
internal sealed class Utf8Out(Stream target) : IDisposable
{
    private const int FlushAt = 56 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _length;

    /// <summary>Bytes written, those in the buffer included.</summary>
    public long Written { get; private set; }

    public void Write(ReadOnlySpan<byte> utf8)
    {
        Ensure(utf8.Length);
        utf8.CopyTo(_buffer.AsSpan(_length));
        Advance(utf8.Length);
    }

    public void Write(ReadOnlySpan<char> text)
    {
        Ensure(Encoding.UTF8.GetMaxByteCount(text.Length));
        Advance(Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length)));
    }

    public void Write(char c) => Write([c]);

    public void WriteByte(byte b)
    {
        Ensure(1);
        _buffer[_length] = b;
        Advance(1);
    }

    public void Write<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        Ensure(64);
        value.TryFormat(_buffer.AsSpan(_length), out var written, format, CultureInfo.InvariantCulture);
        Advance(written);
    }

    public ValueTask FlushIfLargeAsync(CancellationToken cancellationToken) => _length >= FlushAt ? FlushAsync(cancellationToken) : default;

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await target.WriteAsync(_buffer.AsMemory(0, _length), cancellationToken);
        _length = 0;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Advance(int count)
    {
        _length += count;
        Written += count;
    }

    private void Ensure(int count)
    {
        if (_buffer.Length - _length >= count)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
