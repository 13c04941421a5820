using CallCenter.Core.Calls;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Calls;

/// <summary>The portal's services on a database with two tenants that have a PBX each.</summary>
internal sealed class IntakeHost : IAsyncDisposable
{
    private IntakeHost(TestDatabase database, ServiceProvider services, TenantInfo tenant, TenantInfo other) =>
        (Database, Services, Tenant, Other) = (database, services, tenant, other);

    public TestDatabase Database { get; }

    public ServiceProvider Services { get; }

    public TenantInfo Tenant { get; }

    public TenantInfo Other { get; }

    public static async Task<IntakeHost> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var database = await TestDatabase.CreateAsync();
        var (tenant, other) = (await database.AddTenantAsync("first", "Europe/Dublin"), await database.AddTenantAsync("second", "Europe/Dublin"));
        foreach (var owner in new[] { tenant, other })
        {
            await using var db = await database.As(owner).CreateDbContextAsync();
            db.Add(new PbxConnection { Host = "pbx.example.com", Port = 8089, ChangedBy = "test" });
            await db.SaveChangesAsync();
        }

        var services = database.CreateServices(
            s =>
            {
                s.AddSingleton<TimeProvider>(new ManualClock(new DateTimeOffset(TestLegs.Noon.AddDays(400))));
                configure?.Invoke(s);
            },
            TestKeys.Settings);
        return new IntakeHost(database, services, tenant, other);
    }

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act, TenantRole role = TenantRole.Owner, TenantInfo? tenant = null)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(Guid.NewGuid(), "Mona", false, null);
        context.EnterTenant(tenant ?? Tenant, role);
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async Task<List<Call>> CallsAsync(TenantInfo? tenant = null)
    {
        await using var db = await OpenAsync(tenant);
        return await db.Set<Call>().AsNoTracking().OrderBy(call => call.CallKey).ToListAsync();
    }

    public async Task<CallCenterDbContext> OpenAsync(TenantInfo? tenant = null) => await Database.As(tenant ?? Tenant).CreateDbContextAsync();

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
