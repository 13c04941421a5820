using System.Buffers.Binary;

namespace CallCenter.Simulators.Media;

/// <summary>What a datagram says does not hold together.</summary>
internal sealed class DtlsException(string message) : Exception(message);

/// <summary>Reads numbers and vectors of TLS; what is too short is a <see cref="DtlsException"/>.</summary>
internal ref struct DtlsReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsEmpty => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public ushort Short() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public int Medium()
    {
        var three = Take(3);
        return (three[0] << 16) | (three[1] << 8) | three[2];
    }

    public ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw new DtlsException("A message is shorter than it says.");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
