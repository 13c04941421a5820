using CallCenter.Core.Extensions;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Identity;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Work;

/// <summary>Who had which extension is kept by the context itself, whoever changes the extension.</summary>
public sealed class ExtensionHoldingTests : IAsyncLifetime
{
    private readonly Guid _nora = Guid.NewGuid();
    private readonly Guid _liam = Guid.NewGuid();
    private WorkHost _host = null!;

    public async Task InitializeAsync() => _host = await WorkHost.CreateAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Save_AssignedReleasedAndRemoved_KeepsTheTimes()
    {
        var start = _host.Now;
        var extension = Create("1001");
        extension.Assign(_nora);
        await SaveAsync(db => db.Add(extension));
        _host.Clock.Advance(TimeSpan.FromHours(1));
        await ChangeAsync(row => row.Assign(_liam));
        _host.Clock.Advance(TimeSpan.FromHours(1));
        await ChangeAsync(row => row.Assign(null));
        _host.Clock.Advance(TimeSpan.FromHours(1));
        await ChangeAsync(row => row.Assign(_nora));
        _host.Clock.Advance(TimeSpan.FromHours(1));
        await SaveAsync(async db => db.Remove(await db.Set<Extension>().SingleAsync()));

        Assert.Equal(
            [
                (_nora, start, (DateTime?)start.AddHours(1)),
                (_liam, start.AddHours(1), start.AddHours(2)),
                (_nora, start.AddHours(3), start.AddHours(4)),
            ],
            (await HoldingsAsync()).Select(holding => (holding.UserId, holding.FromUtc, holding.UntilUtc)));
    }

    [Fact]
    public async Task Save_WithoutAnotherHolder_WritesNothing()
    {
        var extension = Create("1001");
        extension.Assign(_nora);
        await SaveAsync(db => db.Add(extension));

        await ChangeAsync(row => row.MarkSent(_host.Now));
        await SaveAsync(db => db.Add(Create("1002")));

        Assert.Null(Assert.Single(await HoldingsAsync()).UntilUtc);
    }

    [Fact]
    public async Task Save_Renumbered_EndsTheOldNumberAndBeginsTheNew()
    {
        var extension = Create("1001", auto: true);
        extension.Assign(_nora);
        await SaveAsync(db => db.Add(extension));
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        await ChangeAsync(row => row.Renumber("1005", _host.Now));

        Assert.Equal([("1001", false), ("1005", true)], (await HoldingsAsync()).Select(holding => (holding.Extension, holding.UntilUtc is null)));
    }

    [Fact]
    public async Task SaveChanges_WithoutAsync_IsRefused()
    {
        var extension = Create("1001");
        extension.Assign(_nora);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _host.ReadAsync(db =>
        {
            db.Add(extension);
            return Task.FromResult(db.SaveChanges());
        }));
    }

    [Fact]
    public async Task SetFrom_IntoSomebodyElsesTime_IsRefused()
    {
        await AddUserAsync(_nora);
        await AddUserAsync(_liam);
        var now = _host.Now;
        await _host.HoldAsync("1001", _liam, now.AddDays(-2), now.AddDays(-1));
        await _host.HoldAsync("1001", _nora, now);
        await using var admin = _host.As(TenantRole.Admin);
        await using var other = _host.As(TenantRole.Admin, _host.Other);
        await using var manager = _host.As(TenantRole.Manager);
        var service = admin.Get<IExtensionHoldings>();
        var current = (await service.ListAsync("1001")).Value[0];

        Assert.Equal(ExtensionErrors.HoldingOverlaps, (await service.SetFromAsync(current.Id, now.AddDays(-1.5))).Error);
        Assert.Equal(ExtensionErrors.NotFound, (await other.Get<IExtensionHoldings>().SetFromAsync(current.Id, now.AddDays(-1))).Error);
        Assert.Empty((await other.Get<IExtensionHoldings>().ListAsync("1001")).Value);
        Assert.Equal(AccessErrors.Denied, (await manager.Get<IExtensionHoldings>().SetFromAsync(current.Id, now.AddDays(-1))).Error);
        Assert.True((await service.SetFromAsync(current.Id, now.AddDays(-1))).Succeeded);
        Assert.Equal(now.AddDays(-1), (await service.ListAsync("1001")).Value[0].FromUtc);
    }

    private Extension Create(string number, bool auto = false) =>
        Extension.Create(WorkHost.Pbx, number, auto, new ExtensionProfile { Name = "x" }, "s", "p", "test", _host.Now, null);

    private Task AddUserAsync(Guid id) => SaveAsync(db => db.Add(new AppUser
    {
        Id = id,
        UserName = $"{id:N}",
        NormalizedUserName = $"{id:N}".ToUpperInvariant(),
        DisplayName = "Somebody",
        SecurityStamp = "x",
    }));

    private Task ChangeAsync(Action<Extension> change) => SaveAsync(async db => change(await db.Set<Extension>().SingleAsync()));

    private Task SaveAsync(Action<Infrastructure.Persistence.CallCenterDbContext> change) => SaveAsync(db =>
    {
        change(db);
        return Task.CompletedTask;
    });

    private Task SaveAsync(Func<Infrastructure.Persistence.CallCenterDbContext, Task> change) => _host.SaveAsync(change);

    private Task<List<ExtensionHolding>> HoldingsAsync() =>
        _host.ReadAsync(db => db.Set<ExtensionHolding>().AsNoTracking().OrderBy(holding => holding.FromUtc).ThenBy(holding => holding.Extension).ToListAsync());
}
