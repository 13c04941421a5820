using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CallCenter.Infrastructure.Recordings.Store;

/// <summary>
/// Form of a stored file: a header of 16 bytes, then chunks of <see cref="ChunkBytes"/> plain bytes, each followed by its tag; the last
/// one is shorter, and empty only when the file is. AES-256-GCM under a key that serves this one file, so that the number of the chunk
/// may be the nonce. The nonce also says whether a chunk is the last, and the header is bound into every one: a chunk that was
/// changed, moved, dropped or brought from another file does not open.
/// </summary>
internal static class SealedFormat
{
    public const int HeaderBytes = 16;
    public const int KeyBytes = 32;
    public const int TagBytes = 16;
    public const int ChunkBytes = 64 * 1024;

    private const int NonceBytes = 12;
    private const int LastFlagAt = 8;
    private const byte Version = 1;
    private static readonly byte[] Magic = "CCRA"u8.ToArray();

    public static byte[] Header()
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header, 0);
        header[Magic.Length] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), ChunkBytes);
        return header;
    }

    public static bool IsHeader(ReadOnlySpan<byte> bytes) => bytes.SequenceEqual(Header());

    /// <summary>Bytes on the disk of so many plain ones.</summary>
    public static long SealedLength(long plain) => HeaderBytes + plain + (ChunkCount(plain) * TagBytes);

    public static long ChunkCount(long plain) => Math.Max(1, (plain + ChunkBytes - 1) / ChunkBytes);

    public static long ChunkOffset(long chunk) => HeaderBytes + (chunk * (ChunkBytes + TagBytes));

    public static void Seal(AesGcm aes, long chunk, bool last, ReadOnlySpan<byte> plain, Span<byte> target) =>
        aes.Encrypt(Nonce(chunk, last), plain, target[..plain.Length], target.Slice(plain.Length, TagBytes), Header());

    /// <exception cref="AuthenticationTagMismatchException">It is not what was sealed there.</exception>
    public static void Open(AesGcm aes, long chunk, bool last, ReadOnlySpan<byte> bytes, Span<byte> plain) =>
        aes.Decrypt(Nonce(chunk, last), bytes[..^TagBytes], bytes[^TagBytes..], plain[..(bytes.Length - TagBytes)], Header());

    private static byte[] Nonce(long chunk, bool last)
    {
        var nonce = new byte[NonceBytes];
        BinaryPrimitives.WriteInt64LittleEndian(nonce, chunk);
        nonce[LastFlagAt] = last ? (byte)1 : (byte)0;
        return nonce;
    }
}
