using CallCenter.Core.Recordings;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Recordings.Audio;

/// <summary>
/// A WAV file that passes through: its outline is drawn and its end compared with its header. Bytes are handed on as they come, so that
/// what is stored is what the PBX made.
/// </summary>
internal sealed class WavAudio : ReadOnlyStream
{
    private readonly Stream _source;
    private readonly byte[] _beginning;
    private readonly PeakMeter _meter;
    private long _position;

    private WavAudio(Stream source, byte[] beginning, WavHeader header)
    {
        _source = source;
        _beginning = beginning;
        _meter = new PeakMeter(header);
        Header = header;
    }

    public WavHeader Header { get; }

    /// <summary>Whole seconds of what passed so far.</summary>
    public int Seconds => (int)Math.Min(int.MaxValue, Math.Round(Header.SecondsOf(Samples)));

    /// <summary>See <see cref="PeakMeter.Outline"/>.</summary>
    public byte[] Outline() => _meter.Outline();

    private long Samples => Math.Min(_position - Header.DataOffset, Header.DataLength ?? long.MaxValue);

    /// <summary>Null when it does not begin like a WAV file.</summary>
    public static async Task<WavAudio?> OpenAsync(Stream source, CancellationToken cancellationToken)
    {
        var beginning = new byte[WavHeader.MostBytes];
        var read = await source.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken);
        return WavHeader.Read(beginning.AsSpan(0, read)) is { } header ? new WavAudio(source, beginning[..read], header) : null;
    }

    /// <exception cref="CutAudioException">At the end, when less came than the header says.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        if (_position < _beginning.Length)
        {
            read = Math.Min(buffer.Length, _beginning.Length - (int)_position);
            _beginning.AsMemory((int)_position, read).CopyTo(buffer);
        }
        else
        {
            read = await _source.ReadAsync(buffer, cancellationToken);
        }

        if (read == 0 && buffer.Length > 0 && Header.DataLength is { } declared && _position < Header.DataOffset + (long)declared)
        {
            throw new CutAudioException();
        }

        Draw(buffer.Span[..read]);
        _position += read;
        return read;
    }

    private void Draw(ReadOnlySpan<byte> bytes)
    {
        var from = Math.Clamp(Header.DataOffset - _position, 0, bytes.Length);
        var to = Math.Clamp(Header.DataOffset + (Header.DataLength ?? long.MaxValue / 2) - _position, from, bytes.Length);
        _meter.Add(bytes[(int)from..(int)to]);
    }
}
