using System.Globalization;
using System.Text.RegularExpressions;
using CallCenter.Demo.Processes;

namespace CallCenter.Demo.Postgres;

/// <summary>A directory that holds initdb and postgres of one major version.</summary>
public sealed partial record PostgresBinaries(string Directory, int MajorVersion)
{
    /// <summary>The model needs what PostgreSQL 14 has; older servers are passed over.</summary>
    public const int OldestMajorVersion = 14;

    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : string.Empty;

    public string Initdb => Path.Combine(Directory, "initdb" + Suffix);

    public string Postgres => Path.Combine(Directory, "postgres" + Suffix);

    /// <summary>Debian's and Homebrew's places and PATH, newest version first. Empty when the machine has none.</summary>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindInstalledAsync(CancellationToken cancellationToken = default)
    {
        var found = new Dictionary<string, PostgresBinaries>(StringComparer.Ordinal);
        foreach (var directory in CandidateDirectories())
        {
            if (await InspectAsync(directory, cancellationToken) is { } binaries)
            {
                found.TryAdd(binaries.Directory, binaries);
            }
        }

        return [.. found.Values.OrderByDescending(b => b.MajorVersion)];
    }

    /// <summary>The binaries in a directory, or null if they are incomplete, do not start here or are too old.</summary>
    public static async Task<PostgresBinaries?> InspectAsync(string directory, CancellationToken cancellationToken = default)
    {
        var postgres = Path.Combine(directory, "postgres" + Suffix);
        if (!File.Exists(postgres) || !File.Exists(Path.Combine(directory, "initdb" + Suffix)))
        {
            return null;
        }

        // PATH often holds links; PostgreSQL finds its share directory from the real place.
        var target = File.ResolveLinkTarget(postgres, returnFinalTarget: true)?.FullName ?? postgres;
        var version = await Command.RunAsync(target, ["--version"], cancellationToken: cancellationToken);
        return version.Succeeded && ParseMajorVersion(version.Output) is { } major and >= OldestMajorVersion
            ? new PostgresBinaries(Path.GetDirectoryName(target)!, major)
            : null;
    }

    /// <summary>The 15 of "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"; null for anything else.</summary>
    public static int? ParseMajorVersion(string versionLine)
    {
        var match = VersionPattern().Match(versionLine);
        return match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    private static IEnumerable<string> CandidateDirectories()
    {
        string[] roots = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/usr"];
        foreach (var root in roots.Where(System.IO.Directory.Exists))
        {
            foreach (var version in System.IO.Directory.EnumerateDirectories(root, root == "/usr" ? "pgsql-*" : "*"))
            {
                yield return Path.Combine(version, "bin");
            }
        }

        foreach (var entry in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return entry;
        }
    }

    [GeneratedRegex(@"PostgreSQL\) (\d+)")]
    private static partial Regex VersionPattern();
}
