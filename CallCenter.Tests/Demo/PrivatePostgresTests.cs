using System.Diagnostics;
using CallCenter.Demo.Postgres;
using CallCenter.Demo.Processes;
using CallCenter.Tests.Support;
using Npgsql;

namespace CallCenter.Tests.Demo;

public sealed class PrivatePostgresTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "callcenter-pgtest-" + Guid.NewGuid().ToString("N")[..8]);

    public void Dispose() => PrivatePostgres.Delete(_directory);

    [Fact]
    public async Task StartAsync_SecondStart_KeepsDataAndPort()
    {
        int port;
        await using (var first = await PrivatePostgres.StartAsync(_directory))
        {
            port = first.Port;
            await first.CreateDatabaseAsync("kept");
        }

        await using var second = await PrivatePostgres.StartAsync(_directory);

        Assert.Equal(port, second.Port);
        Assert.True(await second.DatabaseExistsAsync("kept"));
    }

    [Fact]
    public async Task StartAsync_DirectoryInUse_IsRefusedWithReason()
    {
        await using var first = await PrivatePostgres.StartAsync(_directory);

        var refusal = await Assert.ThrowsAsync<PrivatePostgresException>(() => PrivatePostgres.StartAsync(_directory));

        Assert.Contains(_directory, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_AfterServerWasKilled_RecoversCommittedRows()
    {
        await using (var first = await PrivatePostgres.StartAsync(_directory))
        {
            await ExecuteAsync(first.ConnectionString("postgres"), "CREATE TABLE kept AS SELECT 1 AS id");
            Process.GetProcessById(first.ProcessId).Kill();
            await first.Completion.WaitAsync(TimeSpan.FromMinutes(1));
        }

        Assert.True(File.Exists(Path.Combine(_directory, "data", "postmaster.pid")) || OperatingSystem.IsWindows());
        await using var second = await PrivatePostgres.StartAsync(_directory);
        await ExecuteAsync(second.ConnectionString("postgres"), "INSERT INTO kept SELECT id + 1 FROM kept");
    }

    [Fact]
    public async Task StartAsync_ChildOfAKilledServerLivesOn_WaitsForItsEnd()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        int child;
        await using (var first = await PrivatePostgres.StartAsync(_directory))
        {
            await using var connection = new NpgsqlConnection(first.ConnectionString("postgres"));
            await connection.OpenAsync();
            child = connection.ProcessID;
            await Command.RunAsync("kill", ["-STOP", $"{child}"]);
            Process.GetProcessById(first.ProcessId).Kill();
            await first.Completion.WaitAsync(TimeSpan.FromMinutes(1));
            NpgsqlConnection.ClearPool(connection);
        }

        var starting = PrivatePostgres.StartAsync(_directory);
        while (!starting.IsCompleted && !(await ReadLogAsync()).Contains("pre-existing shared memory", StringComparison.Ordinal))
        {
            await Task.Delay(20);
        }

        await Command.RunAsync("kill", ["-KILL", $"{child}"]);
        await using var second = await starting;
        Assert.True(await second.DatabaseExistsAsync("postgres"));
        Assert.Contains("pre-existing shared memory", await ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_StalePidOfAnotherProgram_LeavesItAlone()
    {
        await using (await PrivatePostgres.StartAsync(_directory))
        {
        }

        var lockFile = Path.Combine(_directory, "data", "postmaster.pid");
        await File.WriteAllTextAsync(lockFile, $"{Environment.ProcessId}\n{_directory}/data\n");

        await using var second = await PrivatePostgres.StartAsync(_directory);

        Assert.True(await second.DatabaseExistsAsync("postgres"));
    }

    [Fact]
    public async Task StartAsync_PreferredPortTaken_UsesAnother()
    {
        var taken = (await TestServer.GetAsync()).Port;

        await using var server = await PrivatePostgres.StartAsync(_directory, taken);

        Assert.NotEqual(taken, server.Port);
    }

    [Fact]
    public async Task StartAsync_MachineHasNoPostgres_RunsTheOneFromNpm()
    {
        var options = new PrivatePostgresOptions { Directory = _directory, UseInstalledBinaries = false, Durable = false };

        await using var server = await PrivatePostgres.StartAsync(options);

        Assert.Equal(18, server.Binaries.MajorVersion);
        Assert.StartsWith(_directory, server.Binaries.Directory, StringComparison.Ordinal);
        await ExecuteAsync(server.ConnectionString("postgres"), "SELECT 1");
    }

    [Fact]
    public async Task StartAsync_DataOfAnotherMajorVersion_IsRefusedWithReason()
    {
        await using (await PrivatePostgres.StartAsync(new PrivatePostgresOptions { Directory = _directory, Durable = false }))
        {
        }

        await File.WriteAllTextAsync(Path.Combine(_directory, "data", "PG_VERSION"), "9\n");

        var refusal = await Assert.ThrowsAsync<PrivatePostgresException>(() => PrivatePostgres.StartAsync(_directory));

        Assert.Contains("made by PostgreSQL 9", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--reset", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectionString_WrongPassword_IsRefused()
    {
        var server = await TestServer.GetAsync();
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres")) { Password = "wrong", Pooling = false };

        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync());

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    [Theory]
    [InlineData("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)", 15)]
    [InlineData("postgres (PostgreSQL) 18.4", 18)]
    [InlineData("postgres: command not found", null)]
    public void ParseMajorVersion_VersionLine_GivesMajor(string line, int? expected) =>
        Assert.Equal(expected, PostgresBinaries.ParseMajorVersion(line));

    private async Task<string> ReadLogAsync()
    {
        await using var stream = new FileStream(Path.Combine(_directory, "postgres.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
