using CallCenter.Infrastructure.Operations;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CallCenter.Tests.Operations;

public sealed class DatabaseMaintenanceTests
{
    [Fact]
    public async Task MigrateAsync_EmptyDatabase_BringsItUpOnce()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var maintenance = new DatabaseMaintenance(database.Options);

        var before = await maintenance.InspectAsync();
        var applied = await maintenance.MigrateAsync();
        var again = await maintenance.MigrateAsync();
        var after = await maintenance.InspectAsync();

        Assert.False(before.IsCurrent);
        Assert.Equal(before.Pending, applied);
        Assert.NotEmpty(applied);
        Assert.Empty(again);
        Assert.True(after.IsCurrent);
    }

    [Fact]
    public async Task InspectAsync_MigrationOfANewerVersion_IsNamed()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var db = database.Global().CreateDbContext())
        {
            await db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '99.0.0')""");
        }

        var report = await new DatabaseMaintenance(database.Options).InspectAsync();

        Assert.False(report.IsCurrent);
        Assert.Equal(["29990101000000_Later"], report.Unknown);
    }

    [Fact]
    public async Task InspectAsync_DatabaseAway_SaysSo()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var wrong = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "missing" }.ConnectionString;
        var options = new ContextOptions(new DatabaseOptions { Provider = DatabaseProvider.PostgreSQL }, wrong);

        var report = await new DatabaseMaintenance(options).InspectAsync();

        Assert.False(report.IsReachable);
        Assert.Contains("missing", report.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_ServerAway_SaysSo()
    {
        var options = new ContextOptions(
            new DatabaseOptions { Provider = DatabaseProvider.PostgreSQL }, "Host=127.0.0.1;Port=1;Username=nobody;Database=none");

        var report = await new DatabaseMaintenance(options).InspectAsync();

        Assert.False(report.IsReachable);
        Assert.NotEmpty(report.Problem!);
    }

    [Fact]
    public async Task ReadClockAsync_IsUtcAndNow()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        var clock = await new DatabaseMaintenance(database.Options).ReadClockAsync();

        Assert.Equal(DateTimeKind.Utc, clock.Kind);
        Assert.InRange(clock, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow.AddMinutes(1));
    }
}
