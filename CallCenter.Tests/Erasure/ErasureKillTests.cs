using System.Globalization;
using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Erasure;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Tests.Recordings;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Erasure;

/// <summary>An erasure that is killed again and again, without a chance to tidy up.</summary>
public sealed class ErasureKillTests
{
    private const int Kills = 3;
    private const int Count = 900;
    private const int Recorded = 60;
    private const long Number = 353209100123;

    private static readonly Guid Pbx = Guid.NewGuid();
    private static readonly DateTimeOffset Clock = new(Noon.AddDays(5), TimeSpan.Zero);

    [Fact]
    public async Task Erase_ProcessKilledAgainAndAgain_HalvesAndDoublesNothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var tenant = await database.AddTenantAsync("demo");
        var folder = Directory.CreateTempSubdirectory("callcenter-erase-").FullName;
        try
        {
            await using var services = database.CreateServices(s => s.AddSingleton<TimeProvider>(new ManualClock(Clock)), ErasureBench.Settings(folder));
            await FillAsync(services, database, tenant);
            var id = await AskAsync(services, tenant);
            string[] arguments = [ErasureHost.Verb, database.ConnectionString, tenant.Id.ToString(), folder, Clock.ToString("O", CultureInfo.InvariantCulture)];
            var random = new Random(31);
            List<long> done = [];
            for (var kill = 0; kill < Kills; kill++)
            {
                var wanted = done.LastOrDefault() + random.Next(0, 2);
                await KilledProcess.RunAsync(arguments, () => Counts(database, tenant)[ErasureKinds.Calls] >= wanted);

                // Whatever was erased is counted, and a call is erased whole or not at all.
                var counts = Counts(database, tenant);
                await using var at = database.As(tenant).CreateDbContext();
                Assert.Equal(counts[ErasureKinds.Calls], await at.Set<Call>().CountAsync(call => call.FromNumber == ErasedNumber.Mark));
                Assert.Equal(counts[ErasureKinds.Legs], await at.Set<CallLeg>().CountAsync(leg => leg.Source == ErasedNumber.Mark));
                done.Add(counts[ErasureKinds.Calls]);
            }

            await KilledProcess.CompleteAsync(arguments);

            await using var db = database.As(tenant).CreateDbContext();
            var erasure = await db.Set<NumberErasure>().SingleAsync();
            var sums = ErasureCounts.Read(erasure.Counts);
            Assert.Equal((id, ErasureState.Done, ""), (erasure.Id, erasure.State, erasure.NumberProtected));
            Assert.Equal((Count, Count, Recorded, 1), ((int)sums[ErasureKinds.Calls], (int)sums[ErasureKinds.Legs], (int)sums[ErasureKinds.Recordings], (int)sums[ErasureKinds.Notes]));
            Assert.Equal(Count, await db.Set<Call>().CountAsync());
            Assert.Equal(Recorded, await db.Set<Recording>().CountAsync(recording => recording.State == RecordingState.Deleted && recording.StoreKey == ""));
            Assert.Empty(Directory.EnumerateFiles(folder, "*.ccr", SearchOption.AllDirectories));
            Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == ErasureAuditActions.Completed));
            Assert.Empty(await NumberTraces.FindAsync(database, tenant, Number));
            Assert.Contains(done, calls => calls is > 0 and < Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(IServiceProvider services, TestDatabase database, TenantInfo tenant)
    {
        var legs = OneLegCalls(Count).Select((leg, i) => leg with
        {
            Raw = $$"""{"src":"{{leg.Source}}"}""",
            RecordingFiles = i < Recorded ? [string.Create(CultureInfo.InvariantCulture, $"2026-03/auto-{1772452800 + i}-{leg.Source}-1001.wav")] : [],
        }).ToList();
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, "test");
        await scope.ServiceProvider.GetRequiredService<ICallWriter>().WriteAsync(Pbx, legs);
        var store = services.GetRequiredService<IRecordingStore>();
        await using var db = database.As(tenant).CreateDbContext();
        db.Add(new CdrSyncState { PbxId = Pbx });
        foreach (var recording in await db.Set<Recording>().ToListAsync())
        {
            using var audio = new MemoryStream(WavFiles.Pcm16(1, 2, 3, 4));
            var stored = (await store.WriteAsync(tenant.Id, recording.Id, recording.StartedAtUtc, audio)).Value;
            (recording.State, recording.StoreKey, recording.FileKey, recording.SizeBytes) = (RecordingState.Stored, stored.StoreKey, stored.FileKey, stored.SizeBytes);
        }

        db.Add(new CallNote { CallId = (await db.Set<Call>().FirstAsync()).Id, Text = "Call 020 910 0123", AuthorName = "Mona", CreatedAtUtc = Noon });
        await db.SaveChangesAsync();
    }

    private static async Task<Guid> AskAsync(IServiceProvider services, TenantInfo tenant)
    {
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(Guid.NewGuid(), "Mona", false, null);
        context.EnterTenant(tenant, TenantRole.Admin);
        return (await scope.ServiceProvider.GetRequiredService<IErasures>().RequestAsync("020 910 0123", "0123", "A letter")).Value;
    }

    private static ErasureCounts Counts(TestDatabase database, TenantInfo tenant)
    {
        using var db = database.As(tenant).CreateDbContext();
        return ErasureCounts.Read(db.Set<NumberErasure>().Select(row => row.Counts).Single());
    }
}
