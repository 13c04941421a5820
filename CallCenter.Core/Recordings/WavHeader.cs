using System.Buffers.Binary;

namespace CallCenter.Core.Recordings;

/// <summary>How the samples of a WAV file are written.</summary>
public enum WavCodec
{
    /// <summary>Something this portal keeps and cannot draw.</summary>
    Other = 0,

    /// <summary>Linear, little endian; 8 bits are unsigned.</summary>
    Pcm = 1,

    /// <summary>G.711 A-law.</summary>
    Alaw = 6,

    /// <summary>G.711 mu-law.</summary>
    Mulaw = 7,
}

/// <summary>What the beginning of a WAV file says.</summary>
/// <param name="Codec">How samples are written.</param>
/// <param name="Channels">1 or more.</param>
/// <param name="SampleRate">Samples per second and channel.</param>
/// <param name="BitsPerSample">Of one channel's sample.</param>
/// <param name="ByteRate">Bytes per second; 1 or more.</param>
/// <param name="DataOffset">Where the samples begin.</param>
/// <param name="DataLength">Bytes of samples as declared; null when the writer did not know (0, or all ones) or gave none.</param>
public sealed record WavHeader(WavCodec Codec, int Channels, int SampleRate, int BitsPerSample, int ByteRate, int DataOffset, uint? DataLength)
{
    /// <summary>Bytes that are enough for any header a PBX writes.</summary>
    public const int MostBytes = 4096;

    private const int ChunkHead = 8;
    private const int FormatBytes = 16;
    private const int ExtensibleBytes = 26;
    private const ushort Extensible = 0xFFFE;

    /// <summary>Bytes per sample of all channels; 1 or more.</summary>
    public int FrameBytes => Math.Max(1, Channels * ((BitsPerSample + 7) / 8));

    /// <summary>Seconds of so many bytes of samples.</summary>
    public double SecondsOf(long bytes) => (double)Math.Max(0, bytes) / ByteRate;

    /// <summary>Reads a beginning; null when it is no WAV file, or one whose samples begin later than <see cref="MostBytes"/>.</summary>
    public static WavHeader? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WAVE"u8))
        {
            return null;
        }

        WavHeader? header = null;
        for (long at = 12; at + ChunkHead <= bytes.Length;)
        {
            var chunk = bytes[(int)at..];
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            var content = chunk[ChunkHead..];
            if (chunk.StartsWith("data"u8))
            {
                return header is null ? null : header with { DataOffset = (int)at + ChunkHead, DataLength = length is 0 or uint.MaxValue ? null : length };
            }

            if (chunk.StartsWith("fmt "u8) && (header = ReadFormat(content[..(int)Math.Min(length, content.Length)])) is null)
            {
                return null;
            }

            // Chunks are padded to even lengths.
            at += ChunkHead + (long)length + (length % 2);
        }

        return null;
    }

    /// <summary>The beginning of a file with both lengths set to what is there; samples stay as they are.</summary>
    /// <param name="beginning">At least the header of the file.</param>
    /// <param name="fileLength">Bytes of the whole file.</param>
    /// <returns>The first bytes up to the samples; null when it is no WAV file.</returns>
    public static byte[]? Repair(ReadOnlySpan<byte> beginning, long fileLength)
    {
        if (Read(beginning) is not { } header)
        {
            return null;
        }

        var repaired = beginning[..header.DataOffset].ToArray();
        var there = Math.Max(0, fileLength - header.DataOffset);

        // Chunks behind the samples are no samples: a length that fits into the file stays.
        if (header.DataLength is not { } declared || declared > there)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(repaired.AsSpan(header.DataOffset - 4), (uint)Math.Min(there, uint.MaxValue - 1));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(repaired.AsSpan(4), (uint)Math.Clamp(fileLength - 8, 0, uint.MaxValue - 1));
        return repaired;
    }

    private static WavHeader? ReadFormat(ReadOnlySpan<byte> format)
    {
        if (format.Length < FormatBytes)
        {
            return null;
        }

        var tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        if (tag == Extensible && format.Length >= ExtensibleBytes)
        {
            tag = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]);
        }

        var channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        var byteRate = BinaryPrimitives.ReadUInt32LittleEndian(format[8..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        var codec = (tag, bits) switch
        {
            (1, 8 or 16) => WavCodec.Pcm,
            (6, 8) => WavCodec.Alaw,
            (7, 8) => WavCodec.Mulaw,
            _ => WavCodec.Other,
        };
        if (codec != WavCodec.Other)
        {
            // Of formats with samples of one size the rate follows; some writers leave it empty.
            byteRate = (uint)Math.Min(int.MaxValue, (ulong)rate * channels * (uint)((bits + 7) / 8));
        }

        return channels is 0 or > 64 || rate is 0 or > 768_000 || byteRate is 0 or > int.MaxValue || bits > 64
            ? null
            : new WavHeader(codec, channels, (int)rate, bits, (int)byteRate, 0, null);
    }
}
