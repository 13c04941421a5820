using CallCenter.Core.Calls;
using CallCenter.Core.Recordings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Recordings;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Recordings;

public sealed class RecordingBackfillTests : IAsyncLifetime
{
    private static readonly Guid Pbx = Guid.NewGuid();

    private readonly ManualClock _clock = new(new DateTimeOffset(Noon.AddDays(10), TimeSpan.Zero));
    private TestDatabase _database = null!;
    private TenantInfo _tenant = null!;
    private TenantInfo _other = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = await _database.AddTenantAsync("first");
        _other = await _database.AddTenantAsync("second");
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Run_CallsWithoutRows_GetThemOnceAndInSteps()
    {
        const int Count = RecordingBackfill.Batch + 20;
        await WriteAsync(_tenant, Count);
        await WriteAsync(_other, 3);
        await ForgetAsync(_tenant, keep: 2);
        await ForgetAsync(_other, keep: 0);

        // A step, and the process dies: the next one begins anew and finds the rest only.
        Assert.NotNull(await RunAsync(_tenant, null, 1));
        Assert.Equal(RecordingBackfill.Batch + 2, (await RowsAsync(_tenant)).Count);
        Assert.Null(await RunAsync(_tenant, null, 10));

        var rows = await RowsAsync(_tenant);
        Assert.Equal(Count, rows.Select(row => row.PbxName).Distinct().Count());
        Assert.Equal(Count, rows.Count);
        Assert.All(rows, row => Assert.Equal((RecordingState.Waiting, Pbx), (row.State, row.PbxId)));
        Assert.Null(await RunAsync(_tenant, null, 10));
        Assert.Equal(Count, (await RowsAsync(_tenant)).Count);
        Assert.Empty(await RowsAsync(_other));
    }

    [Fact]
    public async Task Run_OlderThanIsFetched_StaysWithout()
    {
        await WriteAsync(_tenant, 5);
        await ForgetAsync(_tenant, keep: 0);

        Assert.Null(await RunAsync(_tenant, null, 10, fetchDays: 9));

        Assert.Empty(await RowsAsync(_tenant));
    }

    private async Task<(DateTime StartedAtUtc, Guid Id)?> RunAsync(TenantInfo tenant, (DateTime, Guid)? from, int steps, int fetchDays = 0)
    {
        await using var services = _database.CreateServices(
            s => s.AddSingleton<TimeProvider>(_clock), new Dictionary<string, string?>(TestKeys.Settings) { ["Recordings:FetchDays"] = fetchDays.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, "test");
        return await scope.ServiceProvider.GetRequiredService<RecordingBackfill>().RunAsync(from, steps, CancellationToken.None);
    }

    private async Task WriteAsync(TenantInfo tenant, int count)
    {
        await using var services = _database.CreateServices(s => s.AddSingleton<TimeProvider>(_clock), TestKeys.Settings);
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, "test");
        List<CdrLeg> legs = [.. OneLegCalls(count).Select(leg => leg with { RecordingFiles = [$"2026-03/{leg.UniqueId}.wav"] })];
        await scope.ServiceProvider.GetRequiredService<ICallWriter>().WriteAsync(Pbx, legs);
    }

    /// <summary>As an installation of before rows were kept.</summary>
    private async Task ForgetAsync(TenantInfo tenant, int keep)
    {
        await using var db = _database.As(tenant).CreateDbContext();
        var kept = await db.Set<Recording>().OrderBy(row => row.PbxName).Take(keep).Select(row => row.Id).ToListAsync();
        await db.Set<Recording>().Where(row => !kept.Contains(row.Id)).ExecuteDeleteAsync();
    }

    private async Task<List<Recording>> RowsAsync(TenantInfo tenant)
    {
        await using var db = _database.As(tenant).CreateDbContext();
        return await db.Set<Recording>().AsNoTracking().ToListAsync();
    }
}
