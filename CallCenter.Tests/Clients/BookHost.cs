using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Clients;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Calls;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Clients;

/// <summary>The portal's services on a database, for one tenant at a time.</summary>
internal sealed class BookHost : IAsyncDisposable
{
    public static readonly Guid Pbx = Guid.NewGuid();

    private readonly ServiceProvider _services;

    private BookHost(TestDatabase database, TenantInfo tenant, TenantInfo other)
    {
        Database = database;
        Tenant = tenant;
        Other = other;
        _services = database.CreateServices(services => services.AddSingleton<TimeProvider>(new ManualClock()), TestKeys.Settings);
    }

    public TestDatabase Database { get; }

    public TenantInfo Tenant { get; }

    public TenantInfo Other { get; }

    public static async Task<BookHost> StartAsync()
    {
        var database = await TestDatabase.CreateAsync();
        return new BookHost(database, await database.AddTenantAsync("first", countryCode: "SA"), await database.AddTenantAsync("second", countryCode: "SA"));
    }

    public static ClientForm Form(string name, params string[] numbers) =>
        new() { Name = name, Numbers = [.. numbers.Select(number => new ClientNumberForm { Number = number })] };

    /// <summary>An inbound call from a number.</summary>
    public static CdrLeg CallFrom(string number, int index, int second = 0) => TestLegs.Leg(uniqueId: $"{1772452800 + index}.{index}", accountId: $"{index}", second: second, source: number);

    /// <summary>Runs with a service in a scope of its own.</summary>
    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act, TenantInfo? tenant = null, TenantRole? role = TenantRole.Manager)
        where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        if (role is { } person)
        {
            context.SignIn(Guid.NewGuid(), "Mona", false, null);
            context.EnterTenant(tenant ?? Tenant, person);
        }
        else
        {
            context.EnterAsSystem(tenant ?? Tenant, "test");
        }

        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<T> BookAsync<T>(Func<IClients, Task<T>> act, TenantInfo? tenant = null) => WithAsync(act, tenant);

    public async Task<Guid> AddAsync(ClientForm form, TenantInfo? tenant = null)
    {
        var created = await BookAsync(book => book.CreateAsync(form), tenant);
        Assert.Null(created.Error);
        return created.Value;
    }

    public Task<CallWriteResult> WriteAsync(params CdrLeg[] legs) =>
        WithAsync<ICallWriter, CallWriteResult>(writer => writer.WriteAsync(Pbx, legs), role: null);

    public Task<bool> MatchAsync(TenantInfo? tenant = null, int steps = 100) =>
        WithAsync<ClientMatching, bool>(matching => matching.RunAsync(steps, CancellationToken.None), tenant, role: null);

    public async Task<List<CallRow>> CallsAsync(CallFilter? filter = null, TenantInfo? tenant = null) =>
        [.. (await WithAsync<ICallLog, Core.Primitives.Result<Core.Primitives.KeysetPage<CallRow>>>(log => log.SearchAsync(filter ?? CallFilter.None, count: 200), tenant)).Value.Rows];

    public async Task<List<Call>> StoredAsync(TenantInfo? tenant = null)
    {
        await using var db = Open(tenant);
        return await db.Set<Call>().OrderBy(call => call.StartedAtUtc).ThenBy(call => call.CallKey).ToListAsync();
    }

    public CallCenterDbContext Open(TenantInfo? tenant = null) => Database.As(tenant ?? Tenant).CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
