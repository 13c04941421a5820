using System.Security.Cryptography;
using System.Text;
using CallCenter.Demo.Processes;

namespace CallCenter.Demo.Postgres;

/// <summary>Where the server's files go: the wanted directory, or one below the system's temporary path that its account can reach.</summary>
internal static class PostgresPlace
{
    /// <summary>A directory that <paramref name="account"/> owns and reaches.</summary>
    public static async Task<string> PrepareAsync(string wanted, UnixAccount? account, Action<string> say, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(wanted);
        if (account is null)
        {
            return wanted;
        }

        await OwnAsync(wanted, account, cancellationToken);
        if (await ReachesAsync(wanted, account, cancellationToken))
        {
            return wanted;
        }

        var fallback = FallbackFor(wanted);
        say($"Running as root, and the account {account.Name} cannot reach {wanted}: the database's files are in {fallback} instead.");
        await CreateFallbackAsync(fallback, account, cancellationToken);
        return fallback;
    }

    /// <summary>The same place for the same wanted directory, so that a second start finds the data again.</summary>
    public static string FallbackFor(string wanted) => Path.Combine(
        Path.GetTempPath(),
        "callcenter-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(wanted))))[..16]);

    private static async Task CreateFallbackAsync(string directory, UnixAccount account, CancellationToken cancellationToken)
    {
        if (Directory.Exists(directory))
        {
            // Names below a shared temporary path can be taken by others, who would then own our database.
            var ours = await Command.RunAsync("sh", ["-c", "test ! -L \"$1\" && test \"$(stat -c %u \"$1\")\" = \"$2\"", "sh", directory, $"{account.UserId}"], cancellationToken: cancellationToken);
            if (!ours.Succeeded)
            {
                throw new PrivatePostgresException($"{directory} exists and does not belong to {account.Name}. Remove it and start again.");
            }

            return;
        }

        Directory.CreateDirectory(directory);
        await OwnAsync(directory, account, cancellationToken);
        if (!await ReachesAsync(directory, account, cancellationToken))
        {
            throw new PrivatePostgresException($"The account {account.Name}, which PostgreSQL must run as, cannot reach {directory}. Set TMPDIR to a directory that all accounts can pass, or start this as an ordinary user.");
        }
    }

    private static async Task OwnAsync(string directory, UnixAccount account, CancellationToken cancellationToken)
    {
        var owned = await Command.RunAsync("chown", [$"{account.UserId}:{account.GroupId}", directory], cancellationToken: cancellationToken);
        if (!owned.Succeeded)
        {
            throw new PrivatePostgresException($"{directory} could not be given to the account {account.Name}: {owned.Errors.Trim()}");
        }
    }

    private static async Task<bool> ReachesAsync(string directory, UnixAccount account, CancellationToken cancellationToken)
    {
        var probe = await Command.RunAsync("sh", ["-c", "cd \"$1\" && test -w .", "sh", directory], account, workingDirectory: "/", cancellationToken: cancellationToken);
        return probe.ExitCode is 0 or 1 or 2
            ? probe.Succeeded
            : throw new PrivatePostgresException($"PostgreSQL refuses root, and running it as {account.Name} failed: {probe.Errors.Trim()} Start this as an ordinary user.");
    }
}
