using CallCenter.Core.Recordings;

namespace CallCenter.Infrastructure.Recordings.Audio;

/// <summary>Audio whose marked stretches are silent: what is not to be heard never leaves the server. Disposes what it reads.</summary>
internal sealed class SilencedWav : Stream
{
    private readonly Stream _audio;
    private readonly IReadOnlyList<(long From, long Until)> _silent;
    private readonly byte _silence;

    private SilencedWav(Stream audio, WavHeader header, IReadOnlyList<PauseStretch> stretches)
    {
        _audio = audio;
        _silent = [.. stretches.Select(stretch => (At(header, stretch.From, up: false), At(header, stretch.Until, up: true)))];
        _silence = (header.Codec, header.BitsPerSample) switch
        {
            (WavCodec.Pcm, 8) => 0x80,
            (WavCodec.Alaw, _) => 0xD5,
            (WavCodec.Mulaw, _) => 0xFF,
            _ => 0,
        };
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _audio.Length;

    public override long Position
    {
        get => _audio.Position;
        set => _audio.Position = value;
    }

    /// <summary>Null when it cannot be said where a second of the audio lies.</summary>
    public static async Task<Stream?> OpenAsync(Stream audio, IReadOnlyList<PauseStretch> stretches, CancellationToken cancellationToken)
    {
        var beginning = new byte[WavHeader.MostBytes];
        var read = await audio.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken);
        audio.Position = 0;
        return WavHeader.Read(beginning.AsSpan(0, read)) is { } header ? new SilencedWav(audio, header, stretches) : null;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var at = Position;
        var read = await _audio.ReadAsync(buffer, cancellationToken);
        foreach (var (from, until) in _silent)
        {
            var (first, last) = (Math.Max(from, at) - at, Math.Min(until, at + read) - at);
            if (first < last)
            {
                buffer.Span[(int)first..(int)last].Fill(_silence);
            }
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => _audio.Seek(offset, origin);

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _audio.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _audio.Dispose();
        }

        base.Dispose(disposing);
    }

    // Whole frames, the more silent way.
    private static long At(WavHeader header, double seconds, bool up)
    {
        var frames = seconds * header.ByteRate / header.FrameBytes;
        return header.DataOffset + ((long)(up ? Math.Ceiling(frames) : Math.Floor(frames)) * header.FrameBytes);
    }
}
