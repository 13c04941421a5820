using System.Globalization;
using CallCenter.Core.Recordings;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Recordings.Retention;

/// <summary>A deletion by age that is killed again and again, without a chance to tidy up.</summary>
public sealed class RetentionKillTests
{
    private const int Kills = 3;
    private const int Old = 400;
    private const int Young = 5;

    private static readonly DateTimeOffset Clock = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Run_ProcessKilledAgainAndAgain_NoFileWithoutRowAndNoRowWithoutFile()
    {
        await using var database = await TestDatabase.CreateAsync();
        var tenant = await database.AddTenantAsync("demo");
        var folder = Directory.CreateTempSubdirectory("callcenter-retention-").FullName;
        try
        {
            await FillAsync(database, tenant, folder);
            string[] arguments =
                [RetentionProcess.Verb, database.ConnectionString, tenant.Id.ToString(), folder, Clock.ToString("O", CultureInfo.InvariantCulture)];
            var random = new Random(41);
            var killedWithin = false;
            for (var kill = 0; kill < Kills; kill++)
            {
                var before = Files(folder);
                var wanted = before - random.Next(1, 40);
                await KilledProcess.RunAsync(arguments, () => Files(folder) <= wanted);
                killedWithin |= Files(folder) is > Young and < Old + Young;

                // What says stored has its file; what is being deleted says so.
                await using var at = database.As(tenant).CreateDbContext();
                foreach (var row in await at.Set<Recording>().AsNoTracking().Where(row => row.State == RecordingState.Stored).ToListAsync())
                {
                    Assert.True(File.Exists(Path.Combine(folder, row.StoreKey)), row.StoreKey);
                }
            }

            await KilledProcess.CompleteAsync(arguments);

            await using var db = database.As(tenant).CreateDbContext();
            Assert.Equal(Old, await db.Set<Recording>().CountAsync(row => row.State == RecordingState.Deleted && row.StoreKey == "" && row.FileKey == ""));
            Assert.Equal(Young, await db.Set<Recording>().CountAsync(row => row.State == RecordingState.Stored));
            Assert.Equal(Young, Files(folder));
            Assert.True(killedWithin, "No kill came while files were being deleted.");
            Assert.All(await db.Set<RetentionRun>().ToListAsync(), run => Assert.Equal(RetentionRunState.Done, run.State));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Files(string folder) => Directory.EnumerateFiles(folder, "*.ccr", SearchOption.AllDirectories).Count();

    private static async Task FillAsync(TestDatabase database, TenantInfo tenant, string folder)
    {
        await using var services = database.CreateServices(s => s.AddSingleton<TimeProvider>(new ManualClock(Clock)), FetchBench.Settings(folder));
        var store = services.GetRequiredService<IRecordingStore>();
        await using var db = database.As(tenant).CreateDbContext();
        db.Add(new RecordingPolicy { Enabled = true, AutoDeleteDays = 30 });
        for (var i = 0; i < Old + Young; i++)
        {
            var at = Clock.UtcDateTime.AddDays(i < Old ? -40 : -2);
            var recording = new Recording
            {
                PbxId = tenant.Id,
                CallId = Guid.NewGuid(),
                PbxName = string.Create(CultureInfo.InvariantCulture, $"{i}.wav"),
                State = RecordingState.Stored,
                StartedAtUtc = at,
                FoundAtUtc = at,
            };
            using var audio = new MemoryStream(WavFiles.Pcm16(1, 2));
            var stored = (await store.WriteAsync(tenant.Id, recording.Id, at, audio)).Value;
            (recording.StoreKey, recording.FileKey, recording.SizeBytes) = (stored.StoreKey, stored.FileKey, stored.SizeBytes);
            db.Add(recording);
        }

        await db.SaveChangesAsync();
    }
}
