using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Calls;

/// <summary>A sync that is killed again and again, without a chance to tidy up, against a PBX with every quirk.</summary>
public sealed class CallSyncKillTests
{
    private const int Kills = 4;

    private static readonly Guid PbxId = Guid.NewGuid();

    [Fact]
    public async Task Sync_ProcessKilledAgainAndAgain_LosesAndDoublesNothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var tenant = await database.AddTenantAsync("demo", "Europe/Dublin");
        await using var ucm = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            TimeProvider = new ManualClock(SyncHost.Now),
            Quirks = UcmQuirks.AllCdr,
            Calls = SamplePbx.Dublin(new DateOnly(2026, 9, 20)) with { CallsPerWorkday = 60, To = new DateOnly(2026, 11, 4) },
        });

        // Slow enough to be caught half-way.
        ucm.Faults.ResponseDelay = TimeSpan.FromMilliseconds(100);
        string[] arguments =
        [
            SyncHost.Verb, database.ConnectionString, tenant.Id.ToString(), PbxId.ToString(),
            ucm.Port.ToString(CultureInfo.InvariantCulture), ucm.CertificateSha256,
        ];
        var random = new Random(1121);
        List<int> storedAtKill = [];

        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = kill == 0 ? 0 : storedAtKill[^1] + random.Next(1, 150);
            await KilledProcess.RunAsync(arguments, () => Count(database, tenant.Id) >= enough, TimeSpan.FromMilliseconds(40), random);
            storedAtKill.Add(Count(database, tenant.Id));
            await ExpireLeaseAsync(database);
        }

        ucm.Faults.Reset();
        await KilledProcess.CompleteAsync(arguments);

        var truth = ucm.Ledger.Calls.Select(Describe).Order(StringComparer.Ordinal).ToList();
        await using var db = database.As(tenant.Id).CreateDbContext();
        var calls = await db.Set<Call>().AsNoTracking().ToListAsync();
        var legs = await db.Set<CallLeg>().AsNoTracking().Select(leg => leg.CallId).ToListAsync();
        Assert.Equal(truth, calls.Select(Describe).Order(StringComparer.Ordinal));
        Assert.Equal(ucm.Ledger.Calls.Sum(call => call.Legs.Count), legs.Count);
        Assert.Equal(calls.ToDictionary(call => call.Id, call => call.LegCount), legs.CountBy(id => id).ToDictionary());
        Assert.All(storedAtKill.Skip(1), stored => Assert.InRange(stored, 1, truth.Count - 1));
    }

    private static string Describe(LedgerCall call) => string.Join(
        " | ", call.UniqueId, Text(call.Legs.Min(leg => leg.Start).UtcDateTime), Text(call.Legs.Max(leg => leg.End).UtcDateTime), call.Direction,
        call.Outcome, call.From, call.AnsweredBy, call.Via, call.TalkSeconds.ToString(CultureInfo.InvariantCulture),
        call.Legs.Count.ToString(CultureInfo.InvariantCulture));

    private static string Describe(Call call) => string.Join(
        " | ", call.CallKey, Text(call.StartedAtUtc), Text(call.EndedAtUtc), call.Direction, call.Outcome, call.FromNumber, call.AnsweredBy, call.Via,
        call.TalkSeconds.ToString(CultureInfo.InvariantCulture), call.LegCount.ToString(CultureInfo.InvariantCulture));

    private static string Text(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static int Count(TestDatabase database, Guid tenantId)
    {
        using var db = database.As(tenantId).CreateDbContext();
        return db.Set<Call>().Count();
    }

    // A killed process cannot give its lease back; it runs out within a minute, which a test need not wait for.
    private static async Task ExpireLeaseAsync(TestDatabase database)
    {
        await using var db = database.Global().CreateDbContext();
        await db.Set<JobLease>().ExecuteDeleteAsync();
    }
}
