using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Identity;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Tenancy;

public sealed class TenantStampingTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private TenantInfo _mine = null!;
    private TenantInfo _theirs = null!;
    private Guid _user;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _mine = await _database.AddTenantAsync("mine");
        _theirs = await _database.AddTenantAsync("theirs");
        await using var db = _database.Global().CreateDbContext();
        var user = new AppUser { Id = Guid.CreateVersion7(), UserName = "nora", CreatedAtUtc = DateTime.UtcNow };
        db.Add(user);
        await db.SaveChangesAsync();
        _user = user.Id;
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Save_NewRow_IsStampedWithTheScopesTenant()
    {
        await AddAsync(_mine);

        await using var db = _database.As(_mine).CreateDbContext();
        Assert.Equal(_mine.Id, (await db.Set<Membership>().SingleAsync()).TenantId);
    }

    [Fact]
    public async Task Read_OtherTenantsRows_AreNotThere()
    {
        await AddAsync(_theirs);

        await using var db = _database.As(_mine).CreateDbContext();
        Assert.Empty(await db.Set<Membership>().ToListAsync());
    }

    [Fact]
    public async Task Save_ChangedOrDeletedForeignRow_IsRefused()
    {
        await AddAsync(_theirs);
        await using var theirs = _database.As(_theirs).CreateDbContext();
        var row = await theirs.Set<Membership>().AsNoTracking().SingleAsync();

        await using var mine = _database.As(_mine).CreateDbContext();
        mine.Update(row);
        await Assert.ThrowsAsync<InvalidOperationException>(() => mine.SaveChangesAsync());
        mine.ChangeTracker.Clear();
        mine.Remove(row);
        await Assert.ThrowsAsync<InvalidOperationException>(() => mine.SaveChangesAsync());
        Assert.Throws<InvalidOperationException>(() => mine.SaveChanges());
    }

    [Fact]
    public async Task Save_RowMovedToAnotherTenant_IsRefused()
    {
        await AddAsync(_mine);
        await using var db = _database.As(_mine).CreateDbContext();
        var row = await db.Set<Membership>().SingleAsync();

        db.Entry(row).Property(m => m.TenantId).CurrentValue = _theirs.Id;

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task Save_NewRowOfAnotherTenant_IsRefused()
    {
        await using var db = _database.As(_mine).CreateDbContext();
        var row = NewRow();
        db.Add(row);
        db.Entry(row).Property(m => m.TenantId).CurrentValue = _theirs.Id;

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task Save_NoTenantEntered_Throws()
    {
        await using var db = _database.Global().CreateDbContext();
        db.Add(NewRow());

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Set<Membership>().AnyAsync());
    }

    [Fact]
    public async Task Save_Twice_CountsTheVersion()
    {
        await AddAsync(_mine);
        await using var db = _database.As(_mine).CreateDbContext();
        var row = await db.Set<Membership>().SingleAsync();

        row.Role = TenantRole.Manager;
        await db.SaveChangesAsync();
        row.Role = TenantRole.Admin;
        await db.SaveChangesAsync();

        Assert.Equal(2, row.Version);
    }

    private Membership NewRow() => new() { UserId = _user, Role = TenantRole.Agent, CreatedAtUtc = DateTime.UtcNow };

    private async Task AddAsync(TenantInfo tenant)
    {
        await using var db = _database.As(tenant).CreateDbContext();
        db.Add(NewRow());
        await db.SaveChangesAsync();
    }
}
