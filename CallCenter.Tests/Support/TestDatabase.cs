using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CallCenter.Tests.Support;

/// <summary>
/// A migrated PostgreSQL database for one test class or test: a copy of a template that is migrated once per run, so it
/// costs some 50 ms. Dispose it, or await it in <c>IAsyncLifetime</c>.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string Template = "template_migrated";

    private static readonly Lazy<Task> MigratedTemplate = new(MigrateTemplateAsync);
    private static int _count;

    private readonly string _name;

    private TestDatabase(string name, string connectionString)
    {
        _name = name;
        ConnectionString = connectionString;
        Options = new ContextOptions(new DatabaseOptions { Provider = DatabaseProvider.PostgreSQL }, connectionString);
    }

    public string ConnectionString { get; }

    public ContextOptions Options { get; }

    /// <summary>A migrated database without rows.</summary>
    public static async Task<TestDatabase> CreateAsync()
    {
        await MigratedTemplate.Value;
        return await CreateAsync(Template);
    }

    /// <summary>A database without tables, for tests of migration itself.</summary>
    public static Task<TestDatabase> CreateEmptyAsync() => CreateAsync("template0");

    /// <summary>Contexts bound to the tenant, as a job of the portal has them. The tenant needs no row for that.</summary>
    public IDbContextFactory<CallCenterDbContext> As(Guid tenantId) =>
        As(new TenantInfo(tenantId, "test", "Test", "Etc/UTC", "IE", "en"));

    /// <inheritdoc cref="As(Guid)"/>
    public IDbContextFactory<CallCenterDbContext> As(TenantInfo tenant)
    {
        var scope = new ScopeContext();
        scope.EnterAsSystem(tenant, "test");
        return new ContextFactory(Options, scope);
    }

    /// <summary>Contexts without a tenant: global rows only, tenant-owned ones throw.</summary>
    public IDbContextFactory<CallCenterDbContext> Global() => new ContextFactory(Options, new ScopeContext());

    /// <summary>Adds a tenant's row.</summary>
    public async Task<TenantInfo> AddTenantAsync(string slug = "test", string timeZoneId = "Etc/UTC", string countryCode = "IE", string language = "en")
    {
        var tenant = new Tenant
        {
            Slug = slug,
            Name = $"Tenant {slug}",
            TimeZoneId = timeZoneId,
            CountryCode = countryCode,
            Language = language,
            CreatedAtUtc = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        };
        await using var db = Global().CreateDbContext();
        db.Add(tenant);
        await db.SaveChangesAsync();
        return new TenantInfo(tenant.Id, tenant.Slug, tenant.Name, tenant.TimeZoneId, tenant.CountryCode, tenant.Language);
    }

    /// <summary>The whole of Infrastructure on this database; what <paramref name="configure"/> registers goes first and wins.</summary>
    public ServiceProvider CreateServices(Action<IServiceCollection>? configure = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var values = new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{PersistenceServiceCollectionExtensions.ConnectionStringName}"] = ConnectionString,
            [$"{DatabaseOptions.Section}:{nameof(DatabaseOptions.Provider)}"] = nameof(DatabaseProvider.PostgreSQL),
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            values[key] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.AddLogging();
        configure?.Invoke(services);
        services.AddCallCenterInfrastructure();
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await (await TestServer.GetAsync()).DropDatabaseAsync(_name);
    }

    private static async Task<TestDatabase> CreateAsync(string template)
    {
        var server = await TestServer.GetAsync();
        var name = $"test_{Interlocked.Increment(ref _count)}";
        await server.CreateDatabaseAsync(name, template);
        return new TestDatabase(name, new NpgsqlConnectionStringBuilder(server.ConnectionString(name)) { MaxPoolSize = 20, ReadBufferSize = 64 * 1024 }.ConnectionString);
    }

    private static async Task MigrateTemplateAsync()
    {
        var server = await TestServer.GetAsync();
        await server.CreateDatabaseAsync(Template);

        // A pooled connection would linger, and a template in use cannot be copied.
        var options = new ContextOptions(
            new DatabaseOptions { Provider = DatabaseProvider.PostgreSQL },
            new NpgsqlConnectionStringBuilder(server.ConnectionString(Template)) { Pooling = false }.ConnectionString);
        await using var db = options.Create(new ScopeContext());
        await db.Database.MigrateAsync();
    }
}
