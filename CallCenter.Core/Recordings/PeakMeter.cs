using System.Buffers.Binary;

namespace CallCenter.Core.Recordings;

/// <summary>
/// Draws the outline of audio while it passes, whatever its length, in little memory: the highest sample of each stretch, and two
/// stretches become one whenever there are too many.
/// </summary>
public sealed class PeakMeter(WavHeader header)
{
    /// <summary>Most stretches of an outline; half as many at least once the audio is that long.</summary>
    public const int MostPeaks = 1024;

    private readonly int _sampleBytes = Math.Max(1, header.BitsPerSample / 8);
    private readonly short[] _peaks = new short[MostPeaks];
    private readonly byte[] _halfSample = new byte[1];
    private int _halves;
    private int _count;
    private int _highest;
    private long _inStretch;
    private long _stretch = Math.Max(1, (long)header.SampleRate * header.Channels / 50);

    /// <summary>Takes the next bytes of samples, which may end within one.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (header.Codec == WavCodec.Other)
        {
            return;
        }

        if (_sampleBytes == 2 && _halves == 1 && bytes.Length > 0)
        {
            Add((short)(_halfSample[0] | (bytes[0] << 8)));
            bytes = bytes[1..];
            _halves = 0;
        }

        for (; bytes.Length >= _sampleBytes; bytes = bytes[_sampleBytes..])
        {
            Add(Sample(bytes));
        }

        if (bytes.Length == 1)
        {
            (_halfSample[0], _halves) = (bytes[0], 1);
        }
    }

    /// <summary>The outline so far, 0 to 255 each; empty for audio that cannot be drawn.</summary>
    public byte[] Outline()
    {
        var peaks = _peaks.Take(_count).ToList();
        if (_inStretch > 0)
        {
            peaks.Add((short)_highest);
        }

        return [.. peaks.Select(peak => (byte)(peak * 255 / short.MaxValue))];
    }

    private short Sample(ReadOnlySpan<byte> bytes) => (header.Codec, _sampleBytes) switch
    {
        (WavCodec.Mulaw, _) => G711.FromMulaw(bytes[0]),
        (WavCodec.Alaw, _) => G711.FromAlaw(bytes[0]),
        (_, 1) => (short)((bytes[0] - 128) << 8),
        _ => BinaryPrimitives.ReadInt16LittleEndian(bytes),
    };

    private void Add(short sample)
    {
        _highest = Math.Max(_highest, Math.Min(Math.Abs((int)sample), short.MaxValue));
        if (++_inStretch < _stretch)
        {
            return;
        }

        // One place stays free for the stretch that is not full at the end.
        if (_count == MostPeaks - 1)
        {
            Halve();
        }

        _peaks[_count++] = (short)_highest;
        (_highest, _inStretch) = (0, 0);
    }

    private void Halve()
    {
        for (var i = 0; i < _count / 2; i++)
        {
            _peaks[i] = Math.Max(_peaks[2 * i], _peaks[(2 * i) + 1]);
        }

        // The count is odd here: the last stretch and the one that was just filled make a whole one of the new length.
        _highest = Math.Max(_highest, _peaks[_count - 1]);
        _count /= 2;
        _stretch *= 2;
    }
}
