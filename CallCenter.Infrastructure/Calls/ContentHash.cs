using System.Buffers.Binary;
using System.Numerics;

namespace CallCenter.Infrastructure.Calls;

/// <summary>
/// Fingerprint of a row, to see whether it changed; no defence against forgery. Permanent, as it is stored: another
/// function would make every stored leg look changed once.
/// </summary>
internal static class ContentHash
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;

    public static long Of(ReadOnlySpan<byte> bytes)
    {
        // The rounds of xxHash64: two lanes of eight bytes, then the rest, then the avalanche.
        var (left, right) = (unchecked(Prime1 + Prime2), Prime3 ^ (ulong)bytes.Length);
        while (bytes.Length >= 16)
        {
            left = Round(left, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            right = Round(right, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
            bytes = bytes[16..];
        }

        Span<byte> rest = stackalloc byte[16];
        bytes.CopyTo(rest);
        left = Round(left, BinaryPrimitives.ReadUInt64LittleEndian(rest));
        right = Round(right, BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));

        var hash = BitOperations.RotateLeft(left, 1) + BitOperations.RotateLeft(right, 7);
        hash = ((hash ^ Round(0, left)) * Prime1) + Prime4;
        hash = ((hash ^ Round(0, right)) * Prime1) + Prime4;
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return (long)(hash ^ (hash >> 32));
    }

    private static ulong Round(ulong lane, ulong input) => BitOperations.RotateLeft(lane + (input * Prime2), 31) * Prime1;
}
