using System.Buffers.Binary;
using System.Text;

namespace CallCenter.Infrastructure.Calls;

/// <summary>Rows in PostgreSQL's binary COPY format. Also serves as the canonical bytes of a row.</summary>
internal sealed class CopyBuffer : IRowSink
{
    private static readonly long EpochTicks = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    // Larger than what is flushed by more than most rows, and small enough to live among the young objects.
    private byte[] _bytes = new byte[80 * 1024];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void WriteHeader()
    {
        Header.CopyTo(Take(Header.Length));
    }

    public void WriteTrailer() => BinaryPrimitives.WriteInt16BigEndian(Take(2), -1);

    public void BeginRow(int columns) => BinaryPrimitives.WriteInt16BigEndian(Take(2), (short)columns);

    public void Uuid(Guid value)
    {
        var target = Field(16);
        value.TryWriteBytes(target, bigEndian: true, out _);
    }

    public void OptionalUuid(Guid? value)
    {
        if (value is { } id)
        {
            Uuid(id);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);
        }
    }

    public void Text(string value)
    {
        Ensure(4 + Encoding.UTF8.GetMaxByteCount(value.Length));
        var size = Encoding.UTF8.GetBytes(value, _bytes.AsSpan(Length + 4));
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(Length), size);
        Length += 4 + size;
    }

    public void Instant(DateTime? utc)
    {
        if (utc is { } value)
        {
            BinaryPrimitives.WriteInt64BigEndian(Field(8), (value.Ticks - EpochTicks) / TimeSpan.TicksPerMicrosecond);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);
        }
    }

    public void Int32(int value) => BinaryPrimitives.WriteInt32BigEndian(Field(4), value);

    public void OptionalInt32(int? value)
    {
        if (value is { } number)
        {
            Int32(number);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);
        }
    }

    public void Int64(long value) => BinaryPrimitives.WriteInt64BigEndian(Field(8), value);

    public void Flag(bool value) => Field(1)[0] = value ? (byte)1 : (byte)0;

    private Span<byte> Field(int size)
    {
        var field = Take(4 + size);
        BinaryPrimitives.WriteInt32BigEndian(field, size);
        return field[4..];
    }

    private Span<byte> Take(int size)
    {
        Ensure(size);
        var span = _bytes.AsSpan(Length, size);
        Length += size;
        return span;
    }

    private void Ensure(int size)
    {
        if (Length + size > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + size));
        }
    }
}
