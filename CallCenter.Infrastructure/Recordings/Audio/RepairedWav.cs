using CallCenter.Core.Recordings;

namespace CallCenter.Infrastructure.Recordings.Audio;

/// <summary>
/// A stored recording as a player needs it: the same bytes, and a header whose lengths are true. The PBX writes them when it closes the
/// file and at times never; players then take the file for empty. Disposes what it reads.
/// </summary>
internal sealed class RepairedWav : Stream
{
    private readonly Stream _stored;
    private readonly byte[] _header;

    private RepairedWav(Stream stored, byte[] header)
    {
        _stored = stored;
        _header = header;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _stored.Length;

    public override long Position
    {
        get => _stored.Position;
        set => _stored.Position = value;
    }

    public static async Task<Stream> OpenAsync(Stream stored, CancellationToken cancellationToken)
    {
        var beginning = new byte[WavHeader.MostBytes];
        var read = await stored.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken);
        stored.Position = 0;
        return WavHeader.Repair(beginning.AsSpan(0, read), stored.Length) is { } header ? new RepairedWav(stored, header) : stored;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var from = Position;
        var read = await _stored.ReadAsync(buffer, cancellationToken);
        if (from < _header.Length)
        {
            var count = (int)Math.Min(read, _header.Length - from);
            _header.AsMemory((int)from, count).CopyTo(buffer);
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => _stored.Seek(offset, origin);

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _stored.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stored.Dispose();
        }

        base.Dispose(disposing);
    }
}
