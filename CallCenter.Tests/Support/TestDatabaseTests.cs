using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Support;

public sealed class TestDatabaseTests
{
    [Fact]
    public async Task CreateAsync_TwoAtOnce_AreMigratedAndApart()
    {
        var databases = await Task.WhenAll(TestDatabase.CreateAsync(), TestDatabase.CreateAsync());
        await using var first = databases[0];
        await using var second = databases[1];
        await first.AddTenantAsync("only-first");

        await using var firstDb = first.Global().CreateDbContext();
        await using var secondDb = second.Global().CreateDbContext();

        Assert.Equal(1, await firstDb.Set<Tenant>().CountAsync());
        Assert.Equal(0, await secondDb.Set<Tenant>().CountAsync());
        Assert.Empty(await firstDb.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task Global_TenantOwnedRows_Throw()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Global().CreateDbContext();

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Set<Membership>().CountAsync());
    }
}
