using System.Diagnostics;
using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Tenancy;
using CallCenter.Demo.Seeding;
using CallCenter.Simulators.Calls;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The portal as a process, killed in the middle of its first sync, twice.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class KilledSyncTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Sync_PortalKilledTwice_LosesAndDoublesNothing()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Jobs:StartDelay"] = "00:00:01",
        };
        await using var portal = await RunningPortal.StartAsync(days: 60, callsPerWorkday: 100, settings, peers =>
        {
            // Slow enough to be caught half-way.
            peers.Pbxs[DemoPlan.Demo.Slug].Faults.ResponseDelay = TimeSpan.FromMilliseconds(400);
        });
        var pbx = portal.Peers.Pbxs[DemoPlan.Demo.Slug];
        var tenant = await TenantAsync(portal, DemoPlan.Demo.Slug);

        var atFirstKill = await KillWhenMoreAsync(portal, tenant, 0);
        Assert.InRange(atFirstKill, 1, pbx.Ledger.Calls.Count - 1);
        await RestartAsync(portal);
        var atSecondKill = await KillWhenMoreAsync(portal, tenant, atFirstKill);
        Assert.InRange(atSecondKill, atFirstKill + 1, pbx.Ledger.Calls.Count - 1);
        pbx.Faults.Reset();
        await RestartAsync(portal);

        // The office goes on calling, so "equal" is waited for and then proved.
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && await CountAsync(portal, tenant) < pbx.Ledger.Calls.Count; await Task.Delay(500))
        {
        }

        var truth = pbx.Ledger.Calls;
        var last = truth.Max(call => call.EndUtc).UtcDateTime;
        var stored = await DescribeStoredAsync(portal, tenant, last);
        Assert.Equal(truth.Select(Describe).Order(StringComparer.Ordinal), stored);
    }

    private static async Task<int> KillWhenMoreAsync(RunningPortal portal, TenantInfo tenant, int than)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Delay(20))
        {
            if (await CountAsync(portal, tenant) > than)
            {
                await portal.KillAsync();
                return await CountAsync(portal, tenant);
            }
        }

        throw new TimeoutException($"The sync did not get beyond {than} calls.");
    }

    private static async Task RestartAsync(RunningPortal portal)
    {
        // The dead process's leases run out by themselves within a minute; this saves the minute.
        await using (var db = portal.Database.Global().CreateDbContext())
        {
            await db.Database.ExecuteSqlRawAsync("""UPDATE "JobLeases" SET "ExpiresAtUtc" = now() - interval '1 second'""");
        }

        await portal.StartProcessAsync();
    }

    private static async Task<TenantInfo> TenantAsync(RunningPortal portal, string slug)
    {
        await using var db = portal.Database.Global().CreateDbContext();
        return await db.Set<Tenant>().Where(t => t.Slug == slug)
            .Select(t => new TenantInfo(t.Id, t.Slug, t.Name, t.TimeZoneId, t.CountryCode, t.Language)).SingleAsync();
    }

    private static async Task<int> CountAsync(RunningPortal portal, TenantInfo tenant)
    {
        await using var db = portal.Database.As(tenant).CreateDbContext();
        return await db.Set<Call>().CountAsync();
    }

    private static async Task<List<string>> DescribeStoredAsync(RunningPortal portal, TenantInfo tenant, DateTime endedBy)
    {
        await using var db = portal.Database.As(tenant).CreateDbContext();
        var calls = await db.Set<Call>().Where(call => call.EndedAtUtc <= endedBy).AsNoTracking().ToListAsync();
        return [.. calls.Select(Describe).Order(StringComparer.Ordinal)];
    }

    private static string Describe(LedgerCall call) => Line(
        call.UniqueId, call.Legs.Min(leg => leg.Start).UtcDateTime, call.Legs.Max(leg => leg.End).UtcDateTime, call.Outcome.ToString(), call.From, call.TalkSeconds, call.Legs.Count);

    private static string Describe(Call call) => Line(
        call.CallKey, call.StartedAtUtc, call.EndedAtUtc, call.Outcome.ToString(), call.FromNumber, call.TalkSeconds, call.LegCount);

    private static string Line(string key, DateTime start, DateTime end, string outcome, string from, int talk, int legs) =>
        string.Create(CultureInfo.InvariantCulture, $"{key} {start:yyyy-MM-dd HH:mm:ss} {end:HH:mm:ss} {outcome} {from} {talk} s {legs} legs");
}
