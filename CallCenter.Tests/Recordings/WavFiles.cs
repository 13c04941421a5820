using System.Buffers.Binary;
using System.Text;

namespace CallCenter.Tests.Recordings;

/// <summary>WAV files with whatever header a test needs.</summary>
internal static class WavFiles
{
    public static byte[] Pcm16(params short[] samples) => Make(1, 16, [.. samples.SelectMany(BitConverter.GetBytes)]);

    /// <param name="tag">Format of the samples.</param>
    /// <param name="bits">Of one sample.</param>
    /// <param name="data">The samples.</param>
    /// <param name="declared">Length in the header; that of the data when null.</param>
    /// <param name="before">A chunk of that name and length before the format.</param>
    public static byte[] Make(short tag, short bits, byte[] data, uint? declared = null, (string Name, int Length)? before = null)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write(Encoding.ASCII.GetBytes("RIFF"));
        writer.Write(declared ?? (uint)(data.Length + 36));
        writer.Write(Encoding.ASCII.GetBytes("WAVE"));
        if (before is { } chunk)
        {
            writer.Write(Encoding.ASCII.GetBytes(chunk.Name));
            writer.Write(chunk.Length);
            writer.Write(new byte[chunk.Length + (chunk.Length % 2)]);
        }

        writer.Write(Encoding.ASCII.GetBytes("fmt "));
        writer.Write(16);
        writer.Write(tag);
        writer.Write((short)1);
        writer.Write(8000);
        writer.Write(8000 * bits / 8);
        writer.Write((short)(bits / 8));
        writer.Write(bits);
        writer.Write(Encoding.ASCII.GetBytes("data"));
        writer.Write(declared ?? (uint)data.Length);
        writer.Write(data);
        return file.ToArray();
    }

    public static uint DataLengthOf(byte[] wav) => BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(40));
}
