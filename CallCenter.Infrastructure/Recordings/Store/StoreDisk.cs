using System.Runtime.InteropServices;
using System.Text;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;

namespace CallCenter.Infrastructure.Recordings.Store;

/// <summary>What the store asks of the file system. Virtual where a test lets a disk fail.</summary>
internal class StoreDisk
{
    private const int NoSpaceUnix = 28;
    private const int QuotaLinux = 122;
    private const int QuotaMac = 69;
    private const int DiskFullWindows = unchecked((int)0x80070070);
    private const int HandleDiskFullWindows = unchecked((int)0x80070027);

    /// <summary>A new file that nobody else opens while it is written: what can be opened later was left behind.</summary>
    public virtual Stream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        }

        return new FileStream(path, options);
    }

    /// <summary>Free bytes for us on the disk of a folder.</summary>
    public virtual long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Makes names in the folder outlive a power cut. Windows keeps a journal of them.</summary>
    public virtual void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(Encoding.UTF8.GetBytes(folder + '\0'), 0);
        if (descriptor < 0)
        {
            throw new IOException("The folder cannot be opened.", Marshal.GetLastPInvokeError());
        }

        try
        {
            if (Fsync(descriptor) != 0)
            {
                throw new IOException("The folder cannot be synced.", Marshal.GetLastPInvokeError());
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>An exception of the file system as the portal's error.</summary>
    public static Error ToError(Exception exception) =>
        exception is IOException { HResult: NoSpaceUnix or QuotaLinux or QuotaMac or DiskFullWindows or HandleDiskFullWindows }
            ? RecordingErrors.StoreFull
            : RecordingErrors.StoreFailed;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
