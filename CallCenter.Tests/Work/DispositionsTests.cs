using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;

namespace CallCenter.Tests.Work;

public sealed class DispositionsTests : IAsyncLifetime
{
    private WorkHost _host = null!;

    public async Task InitializeAsync() => _host = await WorkHost.CreateAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task List_FirstUseByManyAtOnce_SeedsOnce()
    {
        var lists = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var agent = _host.As(TenantRole.Agent);
            return (await agent.Get<IDispositions>().ListAsync()).Value;
        }));

        Assert.All(lists, list => Assert.Equal(7, list.Count));
        Assert.All(lists[0], entry => Assert.True(entry is { Active: true, NameEnglish.Length: > 0, NameArabic.Length: > 0 }));
    }

    [Fact]
    public async Task OtherTenantsEntries_AreNeitherSeenNorChanged()
    {
        await using var admin = _host.As(TenantRole.Admin);
        var mine = (await admin.Get<IDispositions>().ListAsync()).Value;
        await using var other = _host.As(TenantRole.Admin, _host.Other);
        var theirs = other.Get<IDispositions>();

        Assert.Empty((await theirs.ListAsync()).Value.Select(entry => entry.Id).Intersect(mine.Select(entry => entry.Id)));
        Assert.Equal(WorkErrors.DispositionUnknown, (await theirs.ChangeAsync(mine[0].Id, new DispositionForm { NameEnglish = "Theirs" }, mine[0].Version)).Error);
        await theirs.OrderAsync([.. mine.Reverse().Select(entry => entry.Id)]);
        Assert.Equal(mine, (await admin.Get<IDispositions>().ListAsync()).Value);
    }

    [Fact]
    public async Task Change_ByAnAgent_IsDenied()
    {
        await using var agent = _host.As(TenantRole.Manager);
        var list = agent.Get<IDispositions>();

        Assert.Equal(AccessErrors.Denied, (await list.CreateAsync(new DispositionForm { NameEnglish = "New" })).Error);
        Assert.Equal(AccessErrors.Denied, (await list.OrderAsync([])).Error);
        Assert.Equal(AccessErrors.Denied, (await list.ChangeAsync(Guid.NewGuid(), new DispositionForm { NameEnglish = "New" }, 0)).Error);
    }

    [Fact]
    public async Task Create_NameThatExistsInAnySpelling_IsRefused()
    {
        await using var admin = _host.As(TenantRole.Admin);
        var list = admin.Get<IDispositions>();
        await list.ListAsync();

        Assert.Equal(WorkErrors.NameTaken, (await list.CreateAsync(new DispositionForm { NameEnglish = " RESOLVED " })).Error);
        Assert.Equal(WorkErrors.NameTaken, (await list.CreateAsync(new DispositionForm { NameArabic = "شكوي" })).Error);
        Assert.Equal(WorkErrors.NameMissing, (await list.CreateAsync(new DispositionForm())).Error);
        Assert.Equal("NameArabic", (await list.CreateAsync(new DispositionForm { NameArabic = new string('س', 61) })).Error?.Field);
        Assert.True((await list.CreateAsync(new DispositionForm { NameArabic = "متابعة" })).Succeeded);
        Assert.Equal("متابعة", (await list.ListAsync()).Value[^1].NameArabic);
    }

    [Fact]
    public async Task Change_SecondOfTwoAdmins_IsTold()
    {
        await using var admin = _host.As(TenantRole.Admin);
        var list = admin.Get<IDispositions>();
        var entry = (await list.ListAsync()).Value[0];

        Assert.True((await list.ChangeAsync(entry.Id, new DispositionForm { NameEnglish = "Solved" }, entry.Version)).Succeeded);
        Assert.Equal(WorkErrors.DispositionsChanged, (await list.ChangeAsync(entry.Id, new DispositionForm { NameEnglish = "Fixed" }, entry.Version)).Error);
        Assert.Equal("Solved", (await list.ListAsync()).Value[0].NameEnglish);
    }

    [Fact]
    public async Task Order_SomeKeys_PutsThemFirst()
    {
        await using var admin = _host.As(TenantRole.Admin);
        var list = admin.Get<IDispositions>();
        var before = (await list.ListAsync()).Value.Select(entry => entry.Id).ToList();

        Assert.True((await list.OrderAsync([before[3], before[0]])).Succeeded);

        Assert.Equal([before[3], before[0], before[1], before[2], .. before[4..]], (await list.ListAsync()).Value.Select(entry => entry.Id));
    }
}
