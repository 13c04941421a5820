using System.Globalization;

namespace CallCenter.Demo.Processes;

/// <summary>An entry of /etc/passwd that a child process can run as.</summary>
public sealed record UnixAccount(string Name, int UserId, int GroupId)
{
    public IReadOnlyList<string> SetprivArguments { get; } =
    [
        $"--reuid={UserId.ToString(CultureInfo.InvariantCulture)}",
        $"--regid={GroupId.ToString(CultureInfo.InvariantCulture)}",
        "--clear-groups",
    ];

    /// <summary>PostgreSQL refuses root, so root borrows an account: postgres where there is one, else nobody. Null if we are not root.</summary>
    public static UnixAccount? ForPostgres()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("PostgreSQL refuses to run as root. Start this as an ordinary user.");
        }

        return Find(File.ReadLines("/etc/passwd"), "postgres", "nobody")
            ?? throw new PlatformNotSupportedException("PostgreSQL refuses to run as root, and this machine has neither an account postgres nor nobody.");
    }

    /// <summary>The first of <paramref name="names"/> that the lines of a passwd file know.</summary>
    public static UnixAccount? Find(IEnumerable<string> passwdLines, params IReadOnlyList<string> names)
    {
        var known = passwdLines
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length >= 4 && names.Contains(fields[0]))
            .ToDictionary(
                fields => fields[0],
                fields => new UnixAccount(fields[0], int.Parse(fields[2], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture)));
        return names.Select(known.GetValueOrDefault).FirstOrDefault(account => account is not null);
    }
}
