using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace CallCenter.Infrastructure.Recordings.Store;

/// <summary>A stored file's content that could not be proven to be what was stored.</summary>
internal sealed class SealedAudioException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>The plain audio of a stored file. Decrypts the chunks that are read and no others. Not for concurrent use.</summary>
internal sealed class SealedAudioStream : Stream
{
    private readonly SafeFileHandle _file;
    private readonly AesGcm _aes;
    private readonly long _length;
    private readonly byte[] _sealed = new byte[SealedFormat.ChunkBytes + SealedFormat.TagBytes];
    private readonly byte[] _plain = new byte[SealedFormat.ChunkBytes];
    private long _chunk = -1;
    private int _chunkLength;
    private long _position;

    /// <summary>Takes over <paramref name="file"/>, whose header and length were checked; <paramref name="key"/> is copied.</summary>
    public SealedAudioStream(SafeFileHandle file, ReadOnlySpan<byte> key, long length)
    {
        _file = file;
        _aes = new AesGcm(key, SealedFormat.TagBytes);
        _length = length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <summary>Opens the last chunk, which shows a wrong key and a file that was cut.</summary>
    /// <exception cref="SealedAudioException">It does not open.</exception>
    public ValueTask CheckEndAsync(CancellationToken cancellationToken) => LoadAsync(SealedFormat.ChunkCount(_length) - 1, cancellationToken);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= _length || buffer.Length == 0)
        {
            return 0;
        }

        await LoadAsync(_position / SealedFormat.ChunkBytes, cancellationToken);
        var offset = (int)(_position % SealedFormat.ChunkBytes);
        var count = Math.Min(buffer.Length, _chunkLength - offset);
        _plain.AsMemory(offset, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => _length + offset,
    };

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _aes.Dispose();
            _file.Dispose();
            CryptographicOperations.ZeroMemory(_plain);
        }

        base.Dispose(disposing);
    }

    private async ValueTask LoadAsync(long chunk, CancellationToken cancellationToken)
    {
        if (chunk == _chunk)
        {
            return;
        }

        var last = chunk == SealedFormat.ChunkCount(_length) - 1;
        var length = last ? (int)(_length - (chunk * SealedFormat.ChunkBytes)) : SealedFormat.ChunkBytes;
        var bytes = _sealed.AsMemory(0, length + SealedFormat.TagBytes);
        var read = 0;
        while (read < bytes.Length)
        {
            var count = await RandomAccess.ReadAsync(_file, bytes[read..], SealedFormat.ChunkOffset(chunk) + read, cancellationToken);
            if (count == 0)
            {
                throw new SealedAudioException("The file ends too soon.");
            }

            read += count;
        }

        // Before the buffer is written: a failed chunk must not leave half of another behind as if it were good.
        _chunk = -1;
        try
        {
            SealedFormat.Open(_aes, chunk, last, bytes.Span, _plain);
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new SealedAudioException("A part of the file is not what was stored.", exception);
        }

        (_chunk, _chunkLength) = (chunk, length);
    }
}
