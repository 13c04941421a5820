using CallCenter.Infrastructure.Recordings.Store;

namespace CallCenter.Infrastructure.Recordings.Audio;

/// <summary>A stored recording that tells once when a part of it proves damaged while somebody listens. Disposes what it reads.</summary>
internal sealed class WatchedAudio(Stream stored, Func<Task> onDamage) : Stream
{
    private bool _told;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => stored.Length;

    public override long Position
    {
        get => stored.Position;
        set => stored.Position = value;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await stored.ReadAsync(buffer, cancellationToken);
        }
        catch (SealedAudioException) when (!_told)
        {
            _told = true;
            await onDamage();
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => stored.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override async ValueTask DisposeAsync()
    {
        await stored.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stored.Dispose();
        }

        base.Dispose(disposing);
    }
}
