using System.Text;

namespace CallCenter.Demo.Postgres;

/// <summary>Files that only their owner may read.</summary>
public static class PrivateFile
{
    /// <summary>Replaces the file in one step: a reader sees the old text or the new, never half of it.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken = default)
    {
        var next = path + ".new";
        File.Delete(next);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var stream = new FileStream(next, options))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        }

        File.Move(next, path, overwrite: true);
    }
}
