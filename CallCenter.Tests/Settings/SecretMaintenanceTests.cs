using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Settings;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Settings;

public sealed class SecretMaintenanceTests : IAsyncLifetime
{
    private static readonly string NewKey = Convert.ToBase64String([.. Enumerable.Repeat((byte)7, 32)]);
    private TestDatabase _database = null!;
    private TenantInfo _one = null!;
    private TenantInfo _two = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _one = await _database.AddTenantAsync("one");
        _two = await _database.AddTenantAsync("two");
        await using var services = _database.CreateServices(settings: TestKeys.Settings);
        foreach (var tenant in new[] { _one, _two })
        {
            using var scope = Enter(services, tenant);
            var settings = scope.ServiceProvider.GetRequiredService<ITenantSettings>();
            await settings.SaveAsync(new PbxForm { Host = "127.0.0.1", ApiUser = "portal", ApiPassword = $"pbx-{tenant.Slug}" }, 0);
            await settings.SaveAsync(
                new GdmsForm { UserName = "portal", Password = "p", ApiId = "100001", ApiSecret = "s", DeviceMac = "001122AABBCC" }, 0);
        }
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task CheckKeyRing_GoodKeys_AllComeBack()
    {
        await using var services = _database.CreateServices(settings: Rotated());

        var report = services.GetRequiredService<ISecretMaintenance>().CheckKeyRing();

        Assert.Equal("new", report.ActiveKey);
        Assert.Equal(["new", "test"], report.KeyIds);
        Assert.Empty(report.FailedKeyIds);
    }

    [Fact]
    public async Task Reprotect_AfterRotation_MovesEverySecretToTheActiveKey()
    {
        await using var services = _database.CreateServices(settings: Rotated());
        var maintenance = services.GetRequiredService<ISecretMaintenance>();

        AssertCounts(await maintenance.CheckStoredAsync(), 6, 0, 6, 0, 0);
        AssertCounts(await maintenance.ReprotectAsync(), 6, 0, 0, 6, 0);
        AssertCounts(await maintenance.CheckStoredAsync(), 6, 6, 0, 0, 0);

        using var scope = Enter(services, _two);
        Assert.Equal("pbx-two", (await scope.ServiceProvider.GetRequiredService<IPbxDirectory>().GetAsync()).Value.ApiPassword.Reveal());
        await using var db = _database.As(_one).CreateDbContext();
        Assert.StartsWith("v1:new:", (await db.Set<PbxConnection>().SingleAsync()).ApiPasswordProtected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckStored_KeyThrownAway_NamesTheMissingKey()
    {
        var settings = Rotated();
        settings.Remove("Secrets:Keys:test");
        await using var services = _database.CreateServices(settings: settings);

        var report = await services.GetRequiredService<ISecretMaintenance>().CheckStoredAsync();

        Assert.Equal(6, report.Unreadable);
        Assert.Equal(["test"], report.MissingKeyIds);
        using var scope = Enter(services, _one);
        Assert.Equal(SecretErrors.UnknownKey, (await scope.ServiceProvider.GetRequiredService<IPbxDirectory>().GetAsync()).Error);
    }

    [Fact]
    public async Task Save_MaskUnderOldKey_EncryptsAnew()
    {
        await using var services = _database.CreateServices(settings: Rotated());
        using var scope = Enter(services, _one);
        var settings = scope.ServiceProvider.GetRequiredService<ITenantSettings>();
        var card = (await settings.GetAsync()).Value.Pbx;
        card.Values.ApiUser = "other";

        await settings.SaveAsync(card.Values, card.Version);

        await using var db = _database.As(_one).CreateDbContext();
        var text = (await db.Set<PbxConnection>().SingleAsync()).ApiPasswordProtected;
        Assert.StartsWith("v1:new:", text, StringComparison.Ordinal);
        Assert.Equal(
            "pbx-one",
            services.GetRequiredService<ISecretProtector>().Unprotect(text, SettingsSecrets.PbxPassword(_one.Id)).Value.Reveal());
    }

    private static void AssertCounts(StoredSecretsReport report, int total, int current, int outdated, int reprotected, int unreadable) => Assert.Equal(
        (total, current, outdated, reprotected, unreadable),
        (report.Total, report.Current, report.Outdated, report.Reprotected, report.Unreadable));

    private static Dictionary<string, string?> Rotated() =>
        new(TestKeys.Settings) { ["Secrets:ActiveKey"] = "new", ["Secrets:Keys:new"] = NewKey };

    private static IServiceScope Enter(ServiceProvider services, TenantInfo tenant)
    {
        var scope = services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(Guid.NewGuid(), "Ada", false, null);
        context.EnterTenant(tenant, TenantRole.Admin);
        return scope;
    }
}
