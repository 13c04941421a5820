using CallCenter.Core.Primitives;

namespace CallCenter.Core.Recordings;

/// <summary>Where recordings lie: a folder by tenant and month, or an S3-compatible service. Encrypted at rest with a key per file.</summary>
public interface IRecordingStore
{
    /// <summary>
    /// Stores audio under a new key. The final name appears only when every byte is on the disk: temp file, fsync, rename.
    /// </summary>
    /// <param name="tenantId">Owner.</param>
    /// <param name="recordingId">The recording.</param>
    /// <param name="startedAtUtc">Month to file it under.</param>
    /// <param name="audio">Read to its end.</param>
    /// <param name="cancellationToken">Leaves nothing behind.</param>
    /// <returns>Where it lies, or <see cref="RecordingErrors.StoreFull"/> or <see cref="RecordingErrors.StoreFailed"/>.</returns>
    Task<Result<StoredAudio>> WriteAsync(Guid tenantId, Guid recordingId, DateTime startedAtUtc, Stream audio, CancellationToken cancellationToken = default);

    /// <summary>Opens the plain audio for reading; the stream can seek. A change of the file shows as a failed read, never as other audio.</summary>
    /// <returns>The stream, <see cref="RecordingErrors.FileMissing"/> or <see cref="RecordingErrors.FileCorrupt"/>.</returns>
    Task<Result<Stream>> OpenAsync(Guid tenantId, StoredAudio audio, CancellationToken cancellationToken = default);

    /// <summary>Deletes; succeeds when there is none.</summary>
    /// <returns>Success or <see cref="RecordingErrors.StoreFailed"/>.</returns>
    Task<Result> DeleteAsync(Guid tenantId, string storeKey, CancellationToken cancellationToken = default);
}

/// <summary>A file of the store.</summary>
/// <param name="StoreKey">See <see cref="Recording.StoreKey"/>.</param>
/// <param name="FileKey">See <see cref="Recording.FileKey"/>.</param>
/// <param name="SizeBytes">See <see cref="Recording.SizeBytes"/>.</param>
/// <param name="Sha256">See <see cref="Recording.Sha256"/>.</param>
public sealed record StoredAudio(string StoreKey, string FileKey, long SizeBytes, string Sha256);
