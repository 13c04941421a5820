using System.Buffers;
using System.Globalization;
using System.Text;

namespace CallCenter.Infrastructure.Exports;

/// <summary>Text as UTF-8 in a buffer of its own that goes to the stream in large pieces; makes no garbage per value.</summary>
internal sealed class Utf8Out(Stream target) : IDisposable
{
    private const int FlushAt = 240 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private int _length;

    /// <summary>Bytes written, those in the buffer included.</summary>
    public long Written { get; private set; }

    /// <summary>Bytes in the buffer.</summary>
    public int Length => _length;

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

    /// <summary>A number in at least two digits.</summary>
    public void WriteTwo(int value)
    {
        if ((uint)value > 99)
        {
            Write(value, "00");
            return;
        }

        Ensure(2);
        Two(_buffer.AsSpan(_length), value);
        Advance(2);
    }

    /// <summary><c>2026-03-01 09:05:07</c>; a format read anew for every value costs more than the rest of its cell.</summary>
    public void WriteTime(DateTime time)
    {
        const int Length = 19;
        Ensure(Length);
        var text = _buffer.AsSpan(_length, Length);
        "0000-00-00 00:00:00"u8.CopyTo(text);
        time.Deconstruct(out DateOnly date, out TimeOnly _);
        date.Deconstruct(out var year, out var month, out var day);
        var second = (int)(time.TimeOfDay.Ticks / TimeSpan.TicksPerSecond);
        Two(text, year / 100);
        Two(text[2..], year % 100);
        Two(text[5..], month);
        Two(text[8..], day);
        Two(text[11..], second / 3600);
        Two(text[14..], second / 60 % 60);
        Two(text[17..], second % 60);
        Advance(Length);
    }

    /// <summary>What was written since the buffer had that length.</summary>
    public ReadOnlySpan<byte> Since(int length) => _buffer.AsSpan(length.._length);

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

    private static void Two(Span<byte> at, int value)
    {
        var tens = value / 10;
        at[1] = (byte)('0' + value - (tens * 10));
        at[0] = (byte)('0' + tens);
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
