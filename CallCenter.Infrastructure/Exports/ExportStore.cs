using System.Collections.Concurrent;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Exports;

/// <summary>
/// Files of exports: a folder per tenant that only the portal's account can enter. A file has its final name when every byte is on the
/// disk, and not before; what a node that died leaves behind ends in <c>.tmp</c> and is swept.
/// </summary>
internal sealed class ExportStore(IOptions<ExportOptions> options, TimeProvider time)
{
    private const string Unfinished = ".tmp";
    private static readonly TimeSpan StrayAge = TimeSpan.FromHours(6);

    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _swept = [];

    private string Root => Path.GetFullPath(options.Value.Folder);

    /// <summary>A new file to write, of a name that no other attempt has.</summary>
    public FileStream Create(Guid tenantId, string fileKey)
    {
        CreateFolder(FolderOf(tenantId));
        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(PathOf(tenantId, fileKey) + Unfinished, file);
    }

    /// <summary>Makes a written file final.</summary>
    /// <returns>Its bytes.</returns>
    public async Task<long> CommitAsync(Guid tenantId, string fileKey, FileStream file, CancellationToken cancellationToken)
    {
        await file.FlushAsync(cancellationToken);
        file.Flush(flushToDisk: true);
        var length = file.Length;
        await file.DisposeAsync();
        File.Move(PathOf(tenantId, fileKey) + Unfinished, PathOf(tenantId, fileKey), overwrite: true);
        return length;
    }

    /// <summary>Forgets a file that is not to become final. Leaves it to the sweep when it cannot be deleted.</summary>
    public void Discard(Guid tenantId, string fileKey)
    {
        try
        {
            File.Delete(PathOf(tenantId, fileKey) + Unfinished);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The sweep comes by.
        }
    }

    public Result<FileStream> Open(Guid tenantId, string fileKey)
    {
        try
        {
            return new FileStream(PathOf(tenantId, fileKey), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return ExportErrors.FileMissing;
        }
    }

    public Result Delete(Guid tenantId, string fileKey)
    {
        try
        {
            File.Delete(PathOf(tenantId, fileKey));
            return Result.Success;
        }
        catch (DirectoryNotFoundException)
        {
            return Result.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ExportErrors.StoreFailed;
        }
    }

    /// <summary>Whether the tenant's folder was not swept for an hour.</summary>
    public bool IsSweepDue(Guid tenantId)
    {
        var now = time.GetUtcNow();
        return _swept.AddOrUpdate(tenantId, now, (_, last) => now - last >= SweepInterval ? now : last) == now;
    }

    /// <summary>Deletes what no row names and what nobody has written to for hours.</summary>
    /// <returns>How many went.</returns>
    public int Sweep(Guid tenantId, IReadOnlySet<string> named)
    {
        var folder = new DirectoryInfo(FolderOf(tenantId));
        var before = time.GetUtcNow().UtcDateTime - StrayAge;
        var stray = folder.Exists ? folder.EnumerateFiles().Where(file => !named.Contains(file.Name) && file.LastWriteTimeUtc < before).ToList() : [];
        stray.ForEach(file => file.Delete());
        return stray.Count;
    }

    /// <summary>What a failure to write means to people.</summary>
    public static Error ErrorOf(Exception exception)
    {
        const int NoSpaceUnix = 28;
        const int DiskFullWindows = 112;
        var code = exception.HResult & 0xFFFF;
        return exception is IOException && (code == DiskFullWindows || (code == NoSpaceUnix && !OperatingSystem.IsWindows()))
            ? ExportErrors.StoreFull
            : ExportErrors.StoreFailed;
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string FolderOf(Guid tenantId) => Path.Combine(Root, tenantId.ToString("N"));

    // Keys are made by us; a row that was tampered with must not lead out of the tenant's folder all the same.
    private string PathOf(Guid tenantId, string fileKey) =>
        fileKey.Length > 0 && fileKey == Path.GetFileName(fileKey) && fileKey != ".." ? Path.Combine(FolderOf(tenantId), fileKey) : throw new ArgumentException("Not a file's key.", nameof(fileKey));
}
