using CallCenter.Core.Audit;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Identity;
using CallCenter.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Identity;

/// <summary>A database with the whole of Infrastructure on it, and short ways to people and scopes.</summary>
internal sealed class IdentityFixture : IAsyncDisposable
{
    public const string GoodPassword = "correct horse battery";

    private IdentityFixture(TestDatabase database, ServiceProvider services, ManualClock clock)
    {
        Database = database;
        Services = services;
        Clock = clock;
    }

    public TestDatabase Database { get; }

    public ServiceProvider Services { get; }

    public ManualClock Clock { get; }

    public static async Task<IdentityFixture> CreateAsync(
        IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null)
    {
        var clock = new ManualClock();
        var values = new Dictionary<string, string?>
        {
            ["Secrets:ActiveKey"] = "test",
            ["Secrets:Keys:test"] = Convert.ToBase64String(new byte[32]),
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            values[key] = value;
        }

        var database = await TestDatabase.CreateAsync();
        var services = database.CreateServices(
            services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1000);
                configure?.Invoke(services);
            },
            values);
        return new IdentityFixture(database, services, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>A scope in which nobody is signed in.</summary>
    public AsyncServiceScope Anonymous() => Services.CreateAsyncScope();

    /// <summary>A scope of a platform administrator.</summary>
    public AsyncServiceScope Platform()
    {
        var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().SignIn(Guid.NewGuid(), "platform", isPlatformAdministrator: true, "192.0.2.9");
        return scope;
    }

    /// <summary>A scope of a person of a tenant.</summary>
    public AsyncServiceScope As(TenantInfo tenant, TenantRole role, Guid? userId = null)
    {
        var scope = Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(userId ?? Guid.NewGuid(), role.ToString(), isPlatformAdministrator: false, "192.0.2.1");
        context.EnterTenant(tenant, role);
        return scope;
    }

    /// <summary>A scope of a signed-in person outside every tenant.</summary>
    public AsyncServiceScope Me(Guid userId)
    {
        var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().SignIn(userId, "me", isPlatformAdministrator: false, "192.0.2.1");
        return scope;
    }

    public static ITenantPeople People(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<ITenantPeople>();

    public static PersonForm Form(string name, TenantRole role = TenantRole.Agent) =>
        new() { UserName = name, DisplayName = $"{name} Example", Email = $"{name}@example.com", Role = role };

    /// <summary>A person with <see cref="GoodPassword"/> that need not be changed.</summary>
    public async Task<Guid> AddPersonAsync(TenantInfo tenant, string name, TenantRole role = TenantRole.Agent)
    {
        await using var scope = As(tenant, TenantRole.Owner);
        var made = await People(scope).CreateAsync(Form(name, role));
        await using var me = Me(made.Value.UserId);
        var changed = await me.ServiceProvider.GetRequiredService<IMyAccount>().ChangePasswordAsync(made.Value.OneTimePassword, new Secret(GoodPassword));
        Assert.Null(changed.Error);
        return made.Value.UserId;
    }

    public async Task<Result<SignInStep>> SignInAsync(string userName, string password = GoodPassword, string? address = "192.0.2.1", string? slug = null)
    {
        await using var scope = Anonymous();
        return await scope.ServiceProvider.GetRequiredService<ISignIn>().WithPasswordAsync(userName, new Secret(password), address, slug);
    }

    public async Task<AppUser> UserAsync(Guid id)
    {
        await using var db = Database.Global().CreateDbContext();
        return await db.Set<AppUser>().SingleAsync(u => u.Id == id);
    }

    public async Task<PersonRow> PersonAsync(TenantInfo tenant, Guid userId)
    {
        await using var scope = As(tenant, TenantRole.Owner);
        return (await People(scope).ListAsync()).Value.Single(p => p.UserId == userId);
    }

    public async Task<IReadOnlyList<string>> ActionsAsync(AuditChain chain, TenantInfo? tenant = null)
    {
        await using var scope = tenant is null ? Platform() : As(tenant, TenantRole.Owner);
        var log = scope.ServiceProvider.GetRequiredService<IAuditLog>();
        Assert.True((await log.VerifyAsync(chain)).Value.Intact);
        return [.. (await log.ReadAsync(chain, new AuditFilter(), null, 200)).Value.Rows.Reverse().Select(r => r.Action)];
    }
}
