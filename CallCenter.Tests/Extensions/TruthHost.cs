using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Extensions;
using CallCenter.Infrastructure.Extensions.Truth;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Extensions;

/// <summary>A tenant with a PBX on a real database, and the job that reads its truth.</summary>
internal sealed class TruthHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TruthHost(TestDatabase database, ServiceProvider services, ManualClock clock, LinePbx pbx, TenantInfo tenant)
    {
        (Database, _services, Clock, Pbx, Tenant) = (database, services, clock, pbx, tenant);
    }

    public TestDatabase Database { get; }

    public ManualClock Clock { get; }

    public LinePbx Pbx { get; }

    public TenantInfo Tenant { get; }

    public Guid PbxId { get; private set; }

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    public static async Task<TruthHost> StartAsync(IReadOnlyDictionary<string, string?>? settings = null)
    {
        var database = await TestDatabase.CreateAsync();
        var clock = new ManualClock();
        var pbx = new LinePbx(clock);
        var services = database.CreateServices(
            s => s.AddSingleton<TimeProvider>(clock).AddSingleton<IPbxExtensions>(pbx),
            TestKeys.Settings.Concat(settings ?? new Dictionary<string, string?>()).ToDictionary());
        var host = new TruthHost(database, services, clock, pbx, await database.AddTenantAsync("one"));
        host.PbxId = await host.ConnectAsync(host.Tenant);
        return host;
    }

    public async Task<Guid> ConnectAsync(TenantInfo tenant)
    {
        using var scope = Enter(tenant);
        var settings = scope.ServiceProvider.GetRequiredService<ITenantSettings>();
        var form = new PbxForm { Host = "127.0.0.1", Port = 8089, ApiUser = "portalapi", ApiPassword = "Demo-Pass#1" };
        Assert.NotNull((await settings.SaveAsync(form, (await settings.GetAsync()).Value.Pbx.Version)).Saved);
        return (await scope.ServiceProvider.GetRequiredService<IPbxDirectory>().GetAsync()).Value.PbxId;
    }

    /// <summary>The job's next run.</summary>
    public async Task RunAsync(double secondsLater = 15)
    {
        Clock.Advance(TimeSpan.FromSeconds(secondsLater));
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ExtensionStatesJob>().RunForAllAsync(default);
    }

    public async Task<T> AskAsync<T>(Func<IExtensionComparison, Task<T>> ask, TenantRole role = TenantRole.Admin, TenantInfo? tenant = null)
    {
        using var scope = Enter(tenant ?? Tenant, role);
        return await ask(scope.ServiceProvider.GetRequiredService<IExtensionComparison>());
    }

    public async Task<T> ReadAsync<T>(Func<CallCenterDbContext, Task<T>> read, TenantInfo? tenant = null)
    {
        await using var db = Database.As(tenant ?? Tenant).CreateDbContext();
        return await read(db);
    }

    /// <summary>A managed extension, equal to what the PBX has unless told otherwise.</summary>
    public async Task<Extension> AddAsync(string number, Action<Extension>? then = null, string secret = LinePbx.SecretText, TenantInfo? tenant = null, Guid? pbxId = null)
    {
        using var scope = Enter(tenant ?? Tenant);
        var protector = scope.ServiceProvider.GetRequiredService<ISecretProtector>();
        var owner = (tenant ?? Tenant).Id;
        var profile = Pbx.Has(number) ? Pbx.Profile(number) : new ExtensionProfile { Name = $"Person {number}" };
        var before = Now.AddMinutes(-10);
        var extension = Extension.Create(
            pbxId ?? PbxId, number, false, profile,
            protector.Protect(new Secret(secret), ExtensionSecrets.Sip(owner)), protector.Protect(new Secret("1234"), ExtensionSecrets.VoicemailPin(owner)),
            "Ada", before, null);
        extension.MarkSent(before);
        extension.MarkWritten(before);
        extension.Complete(null, before);
        then?.Invoke(extension);
        await using var db = Database.As(tenant ?? Tenant).CreateDbContext();
        db.Add(extension);
        await db.SaveChangesAsync();
        return extension;
    }

    public Task<Extension?> FindAsync(string number, TenantInfo? tenant = null) =>
        ReadAsync(db => db.Set<Extension>().SingleOrDefaultAsync(e => e.Number == number), tenant);

    public async Task ChangeAsync(string number, Action<Extension> change)
    {
        await using var db = Database.As(Tenant).CreateDbContext();
        change(await db.Set<Extension>().SingleAsync(e => e.Number == number));
        await db.SaveChangesAsync();
    }

    public Task<ExtensionPresence> PresenceAsync(string number) => ReadAsync(db =>
        (from p in db.Set<ExtensionPresence>() join e in db.Set<Extension>() on p.ExtensionId equals e.Id where e.Number == number select p).SingleAsync());

    public Task<List<RegistrationSpan>> SpansAsync(string number) => ReadAsync(db =>
        (from s in db.Set<RegistrationSpan>() join e in db.Set<Extension>() on s.ExtensionId equals e.Id where e.Number == number orderby s.FromUtc select s).ToListAsync());

    public Task<ExtensionReading> ReadingAsync() => ReadAsync(db => db.Set<ExtensionReading>().SingleAsync());

    public async Task MarkApplyAsync(Action<PbxApply> mark)
    {
        await using var db = Database.As(Tenant).CreateDbContext();
        var apply = await db.Set<PbxApply>().SingleOrDefaultAsync();
        if (apply is null)
        {
            db.Add(apply = new PbxApply { PbxId = PbxId });
        }

        mark(apply);
        await db.SaveChangesAsync();
    }

    public IServiceScope Enter(TenantInfo tenant, TenantRole role = TenantRole.Admin)
    {
        var scope = _services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(Guid.NewGuid(), "Ada", false, null);
        context.EnterTenant(tenant, role);
        return scope;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
