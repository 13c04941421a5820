using System.Diagnostics;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Extensions;
using CallCenter.Infrastructure.Extensions.Following;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Settings;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Extensions;

/// <summary>A database with a tenant that has a PBX and a range of numbers, and nodes of the portal on it.</summary>
internal sealed class ExtensionBench : IAsyncDisposable
{
    private readonly List<ServiceProvider> _nodes = [];

    private ExtensionBench(TestDatabase database, TenantInfo tenant, IPbxExtensions? port) => (Database, Tenant, Port) = (database, tenant, port);

    public TestDatabase Database { get; }

    public TenantInfo Tenant { get; }

    /// <summary>In place of the real adapter; null for the real one.</summary>
    public IPbxExtensions? Port { get; }

    public Guid PbxId { get; private set; }

    /// <summary>Pauses that tests need not wait for.</summary>
    public static Dictionary<string, string?> Quick => new(TestKeys.Settings)
    {
        ["Extensions:GatherWindow"] = "00:00:00.020",
        ["Extensions:ApplySpacing"] = "00:00:00.050",
        ["Extensions:BusyPause"] = "00:00:00.050",
        ["Extensions:FirstPause"] = "00:00:00.010",
        ["Extensions:LongestPause"] = "00:00:00.200",
        ["Extensions:NumberListLife"] = "00:00:05",
    };

    public static async Task<ExtensionBench> StartAsync(
        IPbxExtensions? port, string start = "100", string end = "199", PbxConnection? connection = null, Secret? apiPassword = null,
        Dictionary<string, string?>? settings = null)
    {
        var database = await TestDatabase.CreateAsync();
        var tenant = await database.AddTenantAsync();
        var bench = new ExtensionBench(database, tenant, port);
        var node = bench.AddNode(settings);
        await using var scope = bench.EnterAs(node, null);
        var protector = scope.ServiceProvider.GetRequiredService<ISecretProtector>();
        connection ??= new PbxConnection { Host = "127.0.0.1", Port = 8089, WebSocketPath = "/ws", ApiUser = "portalapi", ChangedBy = "test" };
        connection.ApiPasswordProtected = protector.Protect(apiPassword ?? new Secret("Demo-Pass#1"), SettingsSecrets.PbxPassword(tenant.Id));
        await using var db = bench.Db();
        db.Add(connection);
        db.Add(new ExtensionPlan { Prefix = "7", Start = start, End = end, ChangedBy = "test" });
        await db.SaveChangesAsync();
        bench.PbxId = connection.Id;
        return bench;
    }

    /// <summary>Another process of the portal, as far as the database can tell.</summary>
    public ServiceProvider AddNode(Dictionary<string, string?>? settings = null)
    {
        var node = Database.CreateServices(
            services =>
            {
                if (Port is { } port)
                {
                    services.AddSingleton(port);
                }
            },
            settings ?? Quick);
        _nodes.Add(node);
        return node;
    }

    public ServiceProvider Node => _nodes[0];

    /// <summary>A scope of the tenant; as the portal itself, or as somebody of that role.</summary>
    public AsyncServiceScope EnterAs(ServiceProvider node, TenantRole? role, TenantInfo? tenant = null)
    {
        var scope = node.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        if (role is { } r)
        {
            context.SignIn(Guid.NewGuid(), "ana", false, null);
            context.EnterTenant(tenant ?? Tenant, r);
        }
        else
        {
            context.EnterAsSystem(tenant ?? Tenant, "test");
        }

        return scope;
    }

    public async Task<T> UseAsync<T>(Func<IExtensions, Task<T>> use, ServiceProvider? node = null, TenantRole role = TenantRole.Admin, TenantInfo? tenant = null)
    {
        await using var scope = EnterAs(node ?? Node, role, tenant);
        return await use(scope.ServiceProvider.GetRequiredService<IExtensions>());
    }

    public Task<Result<Guid>> CreateAsync(string number = "", string name = "Ana", ServiceProvider? node = null, Guid? userId = null) =>
        UseAsync(e => e.CreateAsync(new NewExtension { Number = number, Profile = new ExtensionProfile { Name = name }, UserId = userId }), node);

    public async Task<Guid> CreateActiveAsync(string number = "", string name = "Ana")
    {
        var id = (await CreateAsync(number, name)).Value;
        await FollowAsync();
        Assert.Equal(ExtensionState.Active, (await RowAsync(id)).State);
        return id;
    }

    public CallCenter.Infrastructure.Persistence.CallCenterDbContext Db() => Database.As(Tenant).CreateDbContext();

    public async Task<Extension> RowAsync(Guid id)
    {
        await using var db = Db();
        return await db.Set<Extension>().AsNoTracking().SingleAsync(e => e.Id == id);
    }

    public async Task<List<Extension>> RowsAsync()
    {
        await using var db = Db();
        return await db.Set<Extension>().AsNoTracking().OrderBy(e => e.Number).ToListAsync();
    }

    public async Task<string?> SecretOfAsync(Guid id)
    {
        await using var scope = EnterAs(Node, null);
        return scope.ServiceProvider.GetRequiredService<ISecretProtector>().WantedSecretOf(await RowAsync(id))?.Reveal();
    }

    /// <summary>One pass of the follower, as the worker does it.</summary>
    public Task<Result> PassAsync(ServiceProvider? node = null, CancellationToken cancellationToken = default) =>
        (node ?? Node).GetRequiredService<Follower>().RunAsync(Tenant, false, cancellationToken);

    /// <summary>Passes until nothing waits for the PBX.</summary>
    public async Task FollowAsync(ServiceProvider? node = null)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(20))
        {
            await PassAsync(node);
            await using var db = Db();
            if (!await db.Set<PbxApply>().AnyAsync(a => a.DirtySinceUtc != null)
                && !await db.Set<Extension>().AnyAsync(e =>
                    e.State == ExtensionState.Creating || e.State == ExtensionState.Changing || e.State == ExtensionState.Deleting))
            {
                return;
            }
        }

        throw new TimeoutException("The PBX did not follow.");
    }

    public async Task<Guid> AddPersonAsync(string name, TenantInfo? tenant = null, bool disabled = false)
    {
        await using var db = Database.As(tenant ?? Tenant).CreateDbContext();
        var user = new AppUser
        {
            Id = Guid.NewGuid(),
            UserName = name,
            NormalizedUserName = name.ToUpperInvariant(),
            DisplayName = name.ToUpperInvariant(),
            Email = $"{name}@example.test",
            NormalizedEmail = $"{name}@EXAMPLE.TEST".ToUpperInvariant(),
        };
        db.Add(user);
        db.Add(new Membership
        {
            UserId = user.Id,
            Role = TenantRole.Agent,
            CreatedAtUtc = DateTime.UtcNow,
            DisabledAtUtc = disabled ? DateTime.UtcNow : null,
        });
        await db.SaveChangesAsync();
        return user.Id;
    }

    public async Task<List<string>> AuditAsync()
    {
        await using var db = Db();
        return await db.Set<Core.Audit.AuditEntry>().OrderBy(e => e.Sequence).Select(e => e.Action).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Database.DisposeAsync();
    }
}
