using System.Buffers.Binary;
using CallCenter.Core.Recordings;

namespace CallCenter.Infrastructure.Recordings.Audio;

/// <summary>
/// Linear 16-bit audio as a WAV file of mu-law, half as large. Its header names no length, which a stream cannot know; whoever serves
/// the file repairs that.
/// </summary>
internal sealed class MulawAudio : ReadOnlyStream
{
    private const int HeaderBytes = 44;

    private readonly WavAudio _source;
    private readonly byte[] _header;
    private readonly byte[] _linear = new byte[32 * 1024];
    private long _toSkip;
    private long _samplesLeft;
    private int _headerSent;
    private int _carried;

    public MulawAudio(WavAudio source)
    {
        _source = source;
        _header = Header(source.Header);
        _toSkip = source.Header.DataOffset;
        _samplesLeft = source.Header.DataLength ?? long.MaxValue;
    }

    /// <summary>Whether audio of this kind can be written so.</summary>
    public static bool Takes(WavHeader header) => header is { Codec: WavCodec.Pcm, BitsPerSample: 16 };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_headerSent < HeaderBytes)
        {
            var count = Math.Min(buffer.Length, HeaderBytes - _headerSent);
            _header.AsMemory(_headerSent, count).CopyTo(buffer);
            _headerSent += count;
            return count;
        }

        while (buffer.Length > 0)
        {
            var most = (int)Math.Min(_linear.Length - _carried, Math.Max(1, (long)buffer.Length * 2));
            var read = await _source.ReadAsync(_linear.AsMemory(_carried, most), cancellationToken);
            if (read == 0)
            {
                return 0;
            }

            var bytes = _linear.AsMemory(0, _carried + read);
            var skipped = (int)Math.Min(_toSkip, bytes.Length);
            _toSkip -= skipped;
            bytes = bytes[skipped..];

            // What lies behind the samples is read, so that the end is checked, and not kept.
            bytes = bytes[..(int)Math.Min(bytes.Length, _samplesLeft)];
            var samples = Math.Min(bytes.Length / 2, buffer.Length);
            for (var i = 0; i < samples; i++)
            {
                buffer.Span[i] = G711.ToMulaw(BinaryPrimitives.ReadInt16LittleEndian(bytes.Span[(2 * i)..]));
            }

            _samplesLeft -= samples * 2;
            var rest = bytes[(samples * 2)..];
            rest.CopyTo(_linear);
            _carried = rest.Length;
            if (samples > 0)
            {
                return samples;
            }
        }

        return 0;
    }

    private static byte[] Header(WavHeader source)
    {
        var header = new byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), uint.MaxValue);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), (short)WavCodec.Mulaw);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), (short)source.Channels);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), source.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), source.SampleRate * source.Channels);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), (short)source.Channels);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), 8);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), uint.MaxValue);
        return header;
    }
}
