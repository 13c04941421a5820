using System.Globalization;
using CallCenter.Demo.Processes;

namespace CallCenter.Demo.Postgres;

/// <summary>The server's data directory before the server runs: made, checked, and freed of what a crash left.</summary>
internal sealed class PostgresData(string home, UnixAccount? account)
{
    /// <summary>Superuser of the private server.</summary>
    public const string UserName = "callcenter";

    public string Directory { get; } = Path.Combine(home, "data");

    private string LockFile => Path.Combine(Directory, "postmaster.pid");

    /// <summary>Major version that made the data; null when there is none yet.</summary>
    public async Task<int?> MajorVersionAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(Directory, "PG_VERSION");
        return File.Exists(file) && int.TryParse((await File.ReadAllTextAsync(file, cancellationToken)).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
    }

    public async Task InitializeAsync(PostgresBinaries binaries, string password, bool durable, CancellationToken cancellationToken)
    {
        // A killed initdb leaves half a directory; the rename at the end tells a whole one from it.
        var unfinished = Directory + ".new";
        if (System.IO.Directory.Exists(unfinished))
        {
            System.IO.Directory.Delete(unfinished, recursive: true);
        }

        var passwordFile = Path.Combine(home, ".pw");
        await PrivateFile.WriteAsync(passwordFile, password, cancellationToken);
        try
        {
            if (account is not null)
            {
                await Command.RunAsync("chown", [account.UserId.ToString(CultureInfo.InvariantCulture), passwordFile], cancellationToken: cancellationToken);
            }

            List<string> arguments =
            [
                "-D", unfinished, "-U", UserName, "-A", "scram-sha-256", "--pwfile", passwordFile, "--encoding=UTF8",
                // The one UTF-8 locale every glibc has; elsewhere plain C, which orders the same.
                OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--locale=C",
            ];
            if (!durable)
            {
                arguments.Add("--no-sync");
            }

            var made = await Command.RunAsync(binaries.Initdb, arguments, account, workingDirectory: home, cancellationToken: cancellationToken);
            if (!made.Succeeded)
            {
                throw new PrivatePostgresException($"PostgreSQL could not make its data directory {unfinished}: {made.Errors.Trim()}");
            }
        }
        finally
        {
            File.Delete(passwordFile);
        }

        System.IO.Directory.Move(unfinished, Directory);
    }

    /// <summary>
    /// Clears the server's lock file after a crash. The caller holds the directory, so a server that still runs on it is an
    /// orphan, which is stopped in good order; a number that now belongs to another program is not touched.
    /// </summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(LockFile))
        {
            return;
        }

        var lines = await File.ReadAllLinesAsync(LockFile, cancellationToken);
        if (lines.Length > 0 && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && await IsServerAsync(id, cancellationToken))
        {
            await Command.RunAsync("sh", ["-c", "kill -s INT \"$1\"", "sh", lines[0]], cancellationToken: cancellationToken);
            for (var tries = 0; await IsServerAsync(id, cancellationToken); tries++)
            {
                if (tries == 150)
                {
                    throw new PrivatePostgresException($"A PostgreSQL server (process {id}) still runs on {Directory} and does not stop. End it and start again.");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }
        }

        File.Delete(LockFile);
    }

    private async Task<bool> IsServerAsync(int id, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var commandLine = $"/proc/{id.ToString(CultureInfo.InvariantCulture)}/cmdline";
        if (OperatingSystem.IsLinux())
        {
            try
            {
                return (await File.ReadAllTextAsync(commandLine, cancellationToken)).Split('\0').Contains(Directory);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // No such process, or it went while we read.
                return false;
            }
        }

        var listed = await Command.RunAsync("ps", ["-o", "command=", "-p", id.ToString(CultureInfo.InvariantCulture)], cancellationToken: cancellationToken);
        return listed.Output.Contains(Directory, StringComparison.Ordinal);
    }
}
