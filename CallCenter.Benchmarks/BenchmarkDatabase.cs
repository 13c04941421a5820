using System.Security.Cryptography;
using CallCenter.Core.Operations;
using CallCenter.Demo.Portal;
using CallCenter.Demo.Postgres;
using CallCenter.Demo.Processes;
using CallCenter.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CallCenter.Benchmarks;

/// <summary>A private PostgreSQL with crash safety on, a migrated database in it, and the portal's own services on top.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private const string Name = "benchmark";

    private readonly PrivatePostgres _server;
    private readonly string _directory;
    private readonly bool _isKept;

    private BenchmarkDatabase(PrivatePostgres server, string directory, bool isKept)
    {
        (_server, _directory, _isKept) = (server, directory, isKept);
        Settings = new PortalSettings(server.ConnectionString(Name), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
    }

    public PortalSettings Settings { get; }

    /// <summary>Of this process and the server since they began.</summary>
    public ProcessorTime Processor => ProcessorTime.Read(_server.DataDirectory);

    /// <param name="kept">Where its files stay for the next run; null for a place of its own that goes at the end.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<BenchmarkDatabase> StartAsync(string? kept, CancellationToken cancellationToken)
    {
        var directory = kept ?? Path.Combine(Path.GetTempPath(), "callcenter-bench-" + Guid.NewGuid().ToString("N")[..12]);
        var server = await PrivatePostgres.StartAsync(
            new PrivatePostgresOptions { Directory = directory, PackageDirectory = Path.Combine(RepositoryRoot.Find(), ".demo", "npm") }, cancellationToken);
        var database = new BenchmarkDatabase(server, directory, kept is not null);
        try
        {
            if (!await server.DatabaseExistsAsync(Name, cancellationToken))
            {
                await server.CreateDatabaseAsync(Name, cancellationToken: cancellationToken);
            }

            await using var services = database.CreateServices();
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IDatabaseMaintenance>().MigrateAsync(cancellationToken);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public ServiceProvider CreateServices(Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings.Configuration)
            .AddInMemoryCollection([new("Exports:Folder", Path.Combine(_directory, "exports"))]).Build());
        services.AddLogging();
        configure?.Invoke(services);
        services.AddCallCenterInfrastructure();
        return services.BuildServiceProvider();
    }

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_server.ConnectionString(Name));
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 1800 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<T> ReadAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 1800 };
        return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : throw new InvalidOperationException("The statement found nothing.");
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        if (!_isKept)
        {
            PrivatePostgres.Delete(_directory);
        }
    }
}
