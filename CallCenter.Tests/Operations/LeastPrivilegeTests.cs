using System.Text.RegularExpressions;
using CallCenter.Core.Identity;
using CallCenter.Infrastructure.Operations;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Architecture;
using CallCenter.Tests.Identity;
using CallCenter.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CallCenter.Tests.Operations;

/// <summary>The two logins of docs/operations.md: one that migrates, and one for the portal that cannot touch the audit log's guard.</summary>
public sealed partial class LeastPrivilegeTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private string _suffix = "";

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateEmptyAsync();
        _suffix = Guid.NewGuid().ToString("N")[..8];
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await using var elsewhere = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await elsewhere.OpenAsync();
        await ExecuteAsync(elsewhere, $"DROP ROLE portal_{_suffix}; DROP ROLE owner_{_suffix}");
    }

    [Fact]
    public async Task Portal_WithTheDocumentedGrants_WorksAndCannotChangeTheAuditLog()
    {
        var name = new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database!;
        await RunAsync(_database.ConnectionString, $"""
            CREATE ROLE owner_{_suffix} LOGIN PASSWORD 'test-only';
            CREATE ROLE portal_{_suffix} LOGIN PASSWORD 'test-only';
            ALTER DATABASE {name} OWNER TO owner_{_suffix};
            """);
        await RunAsync(_database.ConnectionString, Documented(GrantsPattern()));
        await new DatabaseMaintenance(new ContextOptions(new DatabaseOptions { Provider = DatabaseProvider.PostgreSQL }, As("owner"))).MigrateAsync();
        await RunAsync(As("owner"), Documented(RevokePattern()));

        var settings = TestKeys.Settings;
        settings["ConnectionStrings:CallCenter"] = As("portal");
        await using var services = _database.CreateServices(settings: settings);
        await using var scope = services.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<IAdministratorSetup>().CreateAsync(IdentityFixture.Form("root-admin"));
        var signedIn = await scope.ServiceProvider.GetRequiredService<ISignIn>().WithPasswordAsync("root-admin", made.Value.OneTimePassword, null);

        Assert.True(signedIn.Succeeded);
        foreach (var forgery in new[]
        {
            "UPDATE \"AuditEntries\" SET \"Action\" = 'x'",
            "DELETE FROM \"AuditEntries\"",
            "ALTER TABLE \"AuditEntries\" DISABLE TRIGGER ALL",
        })
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(As("portal"), forgery));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
        }
    }

    [GeneratedRegex(@"GRANT USAGE ON SCHEMA.*?ON SEQUENCES TO callcenter;", RegexOptions.Singleline)]
    private static partial Regex GrantsPattern();

    [GeneratedRegex("REVOKE UPDATE, DELETE ON \"AuditEntries\" FROM callcenter;")]
    private static partial Regex RevokePattern();

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, sql);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The words of the document, with this test's roles.</summary>
    private string Documented(Regex part)
    {
        var match = part.Match(File.ReadAllText(Path.Combine(Sources.Root, "docs", "operations.md")));
        Assert.True(match.Success);
        return match.Value
            .Replace("callcenter_owner", $"owner_{_suffix}", StringComparison.Ordinal)
            .Replace("callcenter;", $"portal_{_suffix};", StringComparison.Ordinal)
            .Replace("TO callcenter", $"TO portal_{_suffix}", StringComparison.Ordinal);
    }

    private string As(string role) =>
        new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Username = $"{role}_{_suffix}", Password = "test-only", Pooling = false }.ConnectionString;
}
