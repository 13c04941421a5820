using System.Security.Cryptography;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;

namespace CallCenter.Infrastructure.Recordings.Store;

/// <summary>
/// Recordings in a folder: <c>root/tenant/month/file</c>, and what is being written in <c>root/tenant/.incoming</c>, which must be of
/// the same file system so that a file gets its name in one step.
/// </summary>
internal sealed class FolderRecordingStore(
    IOptions<RecordingStoreOptions> options, ISecretProtector protector, StoreDisk disk, TimeProvider time, ILogger<FolderRecordingStore> logger)
    : IRecordingStore, IRecordingStoreUpkeep
{
    private const string Incoming = ".incoming";
    private const string Part = ".part";
    private const long Megabyte = 1024 * 1024;

    // Nobody takes so long for one file; a network file system's clock may be off by minutes.
    private static readonly TimeSpan LeftBehindAfter = TimeSpan.FromHours(1);

    private string Root => options.Value.Root;

    public async Task<Result<StoredAudio>> WriteAsync(
        Guid tenantId, Guid recordingId, DateTime startedAtUtc, Stream audio, CancellationToken cancellationToken = default)
    {
        var name = StoreKey.New(tenantId, startedAtUtc, recordingId);
        var key = RandomNumberGenerator.GetBytes(SealedFormat.KeyBytes);
        string? part = null;
        try
        {
            var incoming = Path.Combine(TenantFolder(tenantId), Incoming);
            MakeFolder(incoming);
            if (HasNoRoom(incoming))
            {
                return RecordingErrors.StoreFull;
            }

            part = Path.Combine(incoming, name.FileName + Part);
            var (size, hash) = await WriteAsync(part, key, audio, cancellationToken);
            var sealedKey = protector.Protect(new Secret(Convert.ToBase64String(key)), StoreKey.Purpose(tenantId, recordingId));
            var target = PathOf(name);
            MakeFolder(Path.GetDirectoryName(target)!);

            // From here on it exists: no cancellation between the name and the answer.
            File.Move(part, target);
            disk.SyncFolder(Path.GetDirectoryName(target)!);
            return new StoredAudio(name.ToString(), sealedKey, size, hash);
        }
        catch (SourceException source)
        {
            TryDelete(part);
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(source.InnerException!);
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogError(exception, "Recording {Recording} could not be stored", recordingId);
            TryDelete(part);
            TryDelete(PathOf(name));
            return StoreDisk.ToError(exception);
        }
        catch
        {
            TryDelete(part);
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public async Task<Result<Stream>> OpenAsync(Guid tenantId, StoredAudio audio, CancellationToken cancellationToken = default)
    {
        if (StoreKey.Parse(audio.StoreKey) is not { } name || name.TenantId != tenantId
            || protector.Unprotect(audio.FileKey, StoreKey.Purpose(tenantId, name.RecordingId)) is not { Succeeded: true } sealedKey)
        {
            return RecordingErrors.FileCorrupt;
        }

        SafeFileHandle? file = null;
        SealedAudioStream? stream = null;
        try
        {
            file = File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous);
            var header = new byte[SealedFormat.HeaderBytes];
            if (RandomAccess.GetLength(file) != SealedFormat.SealedLength(audio.SizeBytes)
                || await RandomAccess.ReadAsync(file, header, 0, cancellationToken) != header.Length || !SealedFormat.IsHeader(header))
            {
                file.Dispose();
                return RecordingErrors.FileCorrupt;
            }

            var key = Convert.FromBase64String(sealedKey.Value.Reveal());
            stream = new SealedAudioStream(file, key, audio.SizeBytes);
            CryptographicOperations.ZeroMemory(key);
            await stream.CheckEndAsync(cancellationToken);
            return stream;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // The whole folder gone is a mount that is not there, not a lost file.
            return Directory.Exists(Root) ? RecordingErrors.FileMissing : RecordingErrors.StoreFailed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Close(file, stream);
            logger.LogError(exception, "Recording {Recording} could not be opened", name.RecordingId);
            return exception is SealedAudioException ? RecordingErrors.FileCorrupt : RecordingErrors.StoreFailed;
        }
        catch
        {
            Close(file, stream);
            throw;
        }
    }

    public Task<Result> DeleteAsync(Guid tenantId, string storeKey, CancellationToken cancellationToken = default)
    {
        if (StoreKey.Parse(storeKey) is not { } name || name.TenantId != tenantId)
        {
            return Task.FromResult(Result.FromError(RecordingErrors.StoreFailed));
        }

        try
        {
            var path = PathOf(name);
            if (File.Exists(path))
            {
                File.Delete(path);
                disk.SyncFolder(Path.GetDirectoryName(path)!);
            }
            else if (!Directory.Exists(Root))
            {
                return Task.FromResult(Result.FromError(RecordingErrors.StoreFailed));
            }

            return Task.FromResult(Result.Success);
        }
        catch (DirectoryNotFoundException)
        {
            return Task.FromResult(Result.Success);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogError(exception, "Recording {Recording} could not be deleted", name.RecordingId);
            return Task.FromResult(Result.FromError(RecordingErrors.StoreFailed));
        }
    }

    public StoreState Look()
    {
        try
        {
            MakeFolder(Root);
            var free = disk.FreeBytes(Root);
            return new StoreState(free, HasNoRoom(Root) ? RecordingErrors.StoreFull : null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new StoreState(0, StoreDisk.ToError(exception));
        }
    }

    public int CleanIncoming(Guid tenantId)
    {
        var folder = new DirectoryInfo(Path.Combine(TenantFolder(tenantId), Incoming));
        if (!folder.Exists)
        {
            return 0;
        }

        var before = time.GetUtcNow().UtcDateTime - LeftBehindAfter;
        return folder.EnumerateFiles("*" + Part).Where(file => file.LastWriteTimeUtc < before && IsLeftBehind(file.FullName)).ToList()
            .Count(file => TryDelete(file.FullName));
    }

    public int CleanOthers(Guid tenantId, Guid recordingId, string keepStoreKey)
    {
        var keep = StoreKey.Parse(keepStoreKey)?.FileName ?? "";
        var folder = new DirectoryInfo(TenantFolder(tenantId));
        return folder.Exists
            ? folder.EnumerateDirectories().Where(month => month.Name != Incoming)
                .SelectMany(month => month.EnumerateFiles(StoreKey.PrefixOf(recordingId) + "*" + StoreKey.Extension))
                .Where(file => file.Name != keep).ToList()
                .Count(file => TryDelete(file.FullName))
            : 0;
    }

    private async Task<(long Size, string Hash)> WriteAsync(string path, byte[] key, Stream audio, CancellationToken cancellationToken)
    {
        using var aes = new AesGcm(key, SealedFormat.TagBytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = disk.Create(path);
        await file.WriteAsync(SealedFormat.Header(), cancellationToken);

        // Two buffers: whether a chunk is the last is known only when the next one was asked for.
        var (current, next) = (new byte[SealedFormat.ChunkBytes], new byte[SealedFormat.ChunkBytes]);
        var target = new byte[SealedFormat.ChunkBytes + SealedFormat.TagBytes];
        long size = 0;
        var length = await FillAsync(audio, current, cancellationToken);
        for (long chunk = 0; ; chunk++)
        {
            var following = length == current.Length ? await FillAsync(audio, next, cancellationToken) : 0;
            SealedFormat.Seal(aes, chunk, following == 0, current.AsSpan(0, length), target);
            hash.AppendData(current, 0, length);
            size += length;
            await file.WriteAsync(target.AsMemory(0, length + SealedFormat.TagBytes), cancellationToken);
            if (following == 0)
            {
                break;
            }

            (current, next, length) = (next, current, following);
        }

        await file.FlushAsync(cancellationToken);
        if (file is FileStream real)
        {
            real.Flush(flushToDisk: true);
        }

        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async Task<int> FillAsync(Stream audio, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await audio.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What the sender does wrong is the caller's to judge, and no failure of the disk.
            throw new SourceException(exception);
        }
    }

    private void MakeFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        }

        // A new folder's own name must last too, up to the root.
        for (var parent = Path.GetDirectoryName(path); parent is not null && parent.Length >= Root.Length; parent = Path.GetDirectoryName(parent))
        {
            disk.SyncFolder(parent);
        }
    }

    private static bool IsLeftBehind(string path)
    {
        try
        {
            using var _ = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Close(SafeFileHandle? file, SealedAudioStream? stream)
    {
        stream?.Dispose();
        file?.Dispose();
    }

    private bool HasNoRoom(string folder) => disk.FreeBytes(folder) < options.Value.KeepFreeMegabytes * Megabyte;

    private string TenantFolder(Guid tenantId) => Path.Combine(Root, tenantId.ToString("N"));

    private string PathOf(StoreKey name) => Path.Combine(TenantFolder(name.TenantId), name.Month, name.FileName);

    private bool TryDelete(string? path)
    {
        try
        {
            if (path is not null)
            {
                File.Delete(path);
            }

            return path is not null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(exception, "A file of the recording store could not be deleted and is left for later.");
            return false;
        }
    }

    private sealed class SourceException(Exception inner) : Exception(inner.Message, inner);
}
