using CallCenter.Core.Calls;
using CallCenter.Core.Extensions;
using CallCenter.Core.Teams;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Work;

/// <summary>The whole of Infrastructure on a database of its own, asked by whoever a test says, at a time that a test moves.</summary>
internal sealed class WorkHost : IAsyncDisposable
{
    public static readonly Guid Pbx = Guid.NewGuid();

    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private WorkHost(TestDatabase database, TenantInfo tenant, TenantInfo other)
    {
        (_database, Tenant, Other) = (database, tenant, other);
        _services = database.CreateServices(services => services.AddSingleton<TimeProvider>(Clock));
    }

    public TenantInfo Tenant { get; }

    public TenantInfo Other { get; }

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    public static async Task<WorkHost> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync();
        return new WorkHost(database, await database.AddTenantAsync("demo"), await database.AddTenantAsync("other"));
    }

    /// <summary>A second node on the same database.</summary>
    public ServiceProvider AnotherNode() => _database.CreateServices(services => services.AddSingleton<TimeProvider>(Clock));

    /// <summary>Somebody signed in to the tenant.</summary>
    public Person As(TenantRole role, TenantInfo? tenant = null, Guid? userId = null, string name = "Nora Quinn", ServiceProvider? node = null) =>
        new((node ?? _services).CreateAsyncScope(), userId ?? Guid.NewGuid(), name, tenant ?? Tenant, role);

    public async Task<CallWriteResult> WriteAsync(IReadOnlyCollection<CdrLeg> legs, TenantInfo? tenant = null, Guid? pbxId = null)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant ?? Tenant, "test");
        return await scope.ServiceProvider.GetRequiredService<ICallWriter>().WriteAsync(pbxId ?? Pbx, legs);
    }

    public async Task<T> ReadAsync<T>(Func<CallCenterDbContext, Task<T>> read, TenantInfo? tenant = null)
    {
        await using var db = _database.As(tenant ?? Tenant).CreateDbContext();
        return await read(db);
    }

    /// <summary>Saves a change, at the host's time.</summary>
    public async Task SaveAsync(Func<CallCenterDbContext, Task> change, TenantInfo? tenant = null)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant ?? Tenant, "test");
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync();
        await change(db);
        await db.SaveChangesAsync();
    }

    /// <summary>Says that somebody had an extension.</summary>
    public Task HoldAsync(string extension, Guid userId, DateTime fromUtc, DateTime? untilUtc = null) => SaveAsync(db =>
    {
        db.Add(new ExtensionHolding { PbxId = Pbx, Extension = extension, UserId = userId, FromUtc = fromUtc, UntilUtc = untilUtc });
        return Task.CompletedTask;
    });

    public Task TeamAsync(string name, IEnumerable<Guid> people, IEnumerable<string> groups) => SaveAsync(db =>
    {
        db.Add(new Team
        {
            Name = name,
            Members = [.. people.Select(user => new TeamMember { UserId = user })],
            Groups = [.. groups.Select(number => new TeamGroup { Number = number })],
        });
        return Task.CompletedTask;
    });

    public Task<List<Call>> CallsAsync(TenantInfo? tenant = null) =>
        ReadAsync(db => db.Set<Call>().AsNoTracking().OrderBy(call => call.StartedAtUtc).ToListAsync(), tenant);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>One person's services.</summary>
    internal sealed class Person : IAsyncDisposable
    {
        private readonly AsyncServiceScope _scope;

        public Person(AsyncServiceScope scope, Guid userId, string name, TenantInfo tenant, TenantRole role)
        {
            (_scope, UserId) = (scope, userId);
            var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
            context.SignIn(userId, name, false, null);
            context.EnterTenant(tenant, role);
        }

        public Guid UserId { get; }

        public T Get<T>()
            where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

        public ValueTask DisposeAsync() => _scope.DisposeAsync();
    }
}
