using System.Security.Cryptography;
using CallCenter.Core.Recordings;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Recordings.Fetch;
using CallCenter.Infrastructure.Recordings.Store;
using CallCenter.Simulators.Ucm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Recordings;

/// <summary>Fetching over a real socket into a real folder, with the UCM's quirks one by one.</summary>
public sealed class RecordingFetchTests
{
    [Theory]
    [InlineData(RecordingFolderRule.Either, RecordingLengths.True, "audio/x-wav")]
    [InlineData(RecordingFolderRule.Without, RecordingLengths.Zero, "text/html")]
    [InlineData(RecordingFolderRule.With, RecordingLengths.Unknown, "application/octet-stream")]
    [InlineData(RecordingFolderRule.With, RecordingLengths.WrongRiff, "application/json")]
    public async Task Run_AnyFirmware_StoresEveryRecordingOnce(RecordingFolderRule folders, RecordingLengths lengths, string type)
    {
        await using var bench = await FetchBench.StartAsync(new UcmQuirks { RecordingFolders = folders, RecordingLengths = lengths, RecordingType = type });
        var legs = await bench.NameAsync(6);

        Assert.Null((await bench.FetchAsync()).Error);
        Assert.Null((await bench.FetchAsync()).Error);

        var rows = await bench.RowsAsync();
        Assert.Equal(rows.Select(row => row.StoreKey).Order(), bench.Files.Order());
        foreach (var (row, leg) in rows.Zip(legs))
        {
            Assert.Equal((RecordingState.Stored, 1, leg.BillableSeconds, 44L + (leg.BillableSeconds * 16_000)), (row.State, row.Attempts, row.DurationSeconds, row.SizeBytes));
            Assert.Equal(row.Sha256, Convert.ToHexStringLower(SHA256.HashData(await bench.ReadAsync(row))));
        }

        await using var db = bench.Database.As(bench.Tenant).CreateDbContext();
        Assert.All(await db.Set<RecordingOutline>().ToListAsync(), outline => Assert.Contains(outline.Peaks, peak => peak > 10));
        Assert.Equal(6, await db.Set<RecordingOutline>().CountAsync());
        Assert.Equal(1, bench.Ucm.MostParallelCalls);
    }

    [Fact]
    public async Task Run_QueueRecordings_AreFoundInTheirDirectory()
    {
        await using var bench = await FetchBench.StartAsync(days: 10);
        var queued = bench.Ucm.Ledger.Calls.SelectMany(call => call.Legs)
            .First(leg => leg.Recordings.Count > 0 && leg.Action.StartsWith("QUEUE", StringComparison.Ordinal));
        await bench.NameAsync(queued.Recordings[0], queued.Start.UtcDateTime);

        await bench.FetchAsync();

        Assert.Equal(RecordingState.Stored, Assert.Single(await bench.RowsAsync()).State);
    }

    [Fact]
    public async Task Run_Mulaw_KeepsHalfTheBytes()
    {
        await using var bench = await FetchBench.StartAsync(format: RecordingFormat.WavMulaw);
        var legs = await bench.NameAsync(1);

        await bench.FetchAsync();

        var row = Assert.Single(await bench.RowsAsync());
        Assert.Equal((44L + (legs[0].BillableSeconds * 8000), legs[0].BillableSeconds), (row.SizeBytes, row.DurationSeconds));
        Assert.Equal(WavCodec.Mulaw, WavHeader.Read(await bench.ReadAsync(row))!.Codec);
    }

    [Fact]
    public async Task Run_SessionEndedMeanwhile_LogsInAgainAndStoresNoJson()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.NameAsync(1);
        await bench.FetchAsync();
        await bench.NameAsync("2026-11/none.wav");
        bench.Ucm.Faults.ExpireSessionsOnce();

        await bench.FetchAsync();

        Assert.Equal([RecordingState.Waiting, RecordingState.Stored], (await bench.RowsAsync()).Select(row => row.State));
        Assert.Single(bench.Files);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_FileThatNeverComes_IsMissingAfterEnoughTriesAndADay(bool http404)
    {
        await using var bench = await FetchBench.StartAsync(new UcmQuirks { MissingRecordingIs404 = http404 });
        await bench.NameAsync("2026-11/auto-1700000000-+35320#1-6500.wav");
        var tries = 0;
        for (; tries < 30 && (await bench.RowsAsync())[0].NextAttemptUtc is { } next; tries++)
        {
            bench.Clock.Advance(next - bench.Clock.GetUtcNow().UtcDateTime);
            Assert.Null((await bench.FetchAsync()).Error);
        }

        var row = Assert.Single(await bench.RowsAsync());
        Assert.Equal((RecordingState.Missing, PbxRecordingErrors.NoSuchFile.Code, tries), (row.State, row.Failure, row.Attempts));
        Assert.InRange(tries, FetchRules.AttemptsUntilMissing, 14);
        Assert.True(bench.Clock.GetUtcNow() - FetchBench.Now > TimeSpan.FromHours(23));
        Assert.Empty(bench.Files);
    }

    [Fact]
    public async Task Run_FileComesHoursLater_IsStoredThen()
    {
        await using var bench = await FetchBench.StartAsync(new UcmQuirks { RecordingsLateBy = TimeSpan.FromDays(30) });
        await bench.NameAsync(1);
        await bench.FetchAsync();
        Assert.Equal(RecordingState.Waiting, (await bench.RowsAsync())[0].State);

        bench.Ucm.Quirks = new UcmQuirks();
        bench.Clock.Advance(TimeSpan.FromSeconds(14));
        await bench.FetchAsync();
        Assert.Equal(RecordingState.Waiting, (await bench.RowsAsync())[0].State);

        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.FetchAsync();
        Assert.Equal(RecordingState.Stored, (await bench.RowsAsync())[0].State);
    }

    [Fact]
    public async Task Run_TransferBreaksOffOrNonsenseComes_IsTriedAgainAndNeverKept()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.NameAsync(1);
        bench.Ucm.Mishaps.Update(mishaps => mishaps with { CutRecordings = 1, GarbleRecordings = 1 });
        foreach (var failure in new[] { PbxRecordingErrors.Cut, PbxRecordingErrors.NotAudio })
        {
            await bench.FetchAsync();

            var failed = Assert.Single(await bench.RowsAsync());
            Assert.Equal((RecordingState.Failed, failure.Code), (failed.State, failed.Failure));
            Assert.Empty(Directory.EnumerateFiles(bench.Folder, "*", SearchOption.AllDirectories));
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await bench.FetchAsync();

        Assert.Equal((RecordingState.Stored, 3, ""), (await bench.RowsAsync()).Select(row => (row.State, row.Attempts, row.Failure)).Single());
    }

    [Fact]
    public async Task Run_FileShorterThanItsHeaderAgainAndAgain_IsCorruptAndKeptNowhere()
    {
        await using var bench = await FetchBench.StartAsync(new UcmQuirks { RecordingLengths = RecordingLengths.TooLong });
        await bench.NameAsync(1);
        for (var i = 0; i < FetchRules.AttemptsUntilCorrupt; i++)
        {
            await bench.FetchAsync();
            bench.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        var row = Assert.Single(await bench.RowsAsync());
        Assert.Equal((RecordingState.Corrupt, PbxRecordingErrors.Cut.Code, (DateTime?)null), (row.State, row.Failure, row.NextAttemptUtc));
        Assert.Empty(Directory.EnumerateFiles(bench.Folder, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("2026-11/with space.wav")]
    [InlineData("2026-11/../../etc/passwd")]
    [InlineData("2026-11/")]
    [InlineData("2026-11/{300}.wav")]
    public async Task Run_NameTheUcmDoesNotTake_FailsForGoodWithoutAsking(string name)
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.NameAsync(name.Replace("{300}", new string('x', 300), StringComparison.Ordinal));

        await bench.FetchAsync();

        var row = Assert.Single(await bench.RowsAsync());
        Assert.Equal((RecordingState.Failed, PbxRecordingErrors.NameUnusable.Code, (DateTime?)null), (row.State, row.Failure, row.NextAttemptUtc));
        Assert.DoesNotContain(bench.Ucm.Requests.All, request => request.Action == "recapi");
    }

    [Fact]
    public async Task Run_PbxGone_StopsAndCostsTheFileNothing()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.NameAsync(2);
        await bench.Ucm.DisposeAsync();

        var result = await bench.FetchAsync();

        Assert.Equal(TelephonyErrors.Unreachable, result.Error);
        Assert.All(await bench.RowsAsync(), row => Assert.Equal((RecordingState.Waiting, 0, FetchBench.Now.UtcDateTime), (row.State, row.Attempts, row.NextAttemptUtc)));
    }

    [Fact]
    public async Task Run_DiskFull_PausesAndGoesOnByItselfLater()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.NameAsync(1);
        var settings = FetchBench.Settings(bench.Folder);
        settings["Recordings:KeepFreeMegabytes"] = "1000000";
        var full = bench.Database.CreateServices(services => services.AddSingleton<TimeProvider>(bench.Clock).AddSingleton<StoreDisk>(new TinyDisk()), settings);
        await using (full)
        await using (var scope = full.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Core.Tenancy.ScopeContext>().EnterAsSystem(bench.Tenant, "test");
            Assert.Equal(RecordingErrors.StoreFull, (await scope.ServiceProvider.GetRequiredService<RecordingFetch>().RunAsync(bench.Pbx, default)).Error);
        }

        Assert.Equal((RecordingState.Waiting, 0), (await bench.RowsAsync()).Select(row => (row.State, row.Attempts)).Single());
        await bench.FetchAsync();
        Assert.Equal(RecordingState.Stored, (await bench.RowsAsync())[0].State);
    }

    [Fact]
    public async Task Run_FileOfACrashBetweenNameAndRow_IsGoneAfterTheNextTry()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.NameAsync(1);
        var row = Assert.Single(await bench.RowsAsync());
        await bench.Services.GetRequiredService<IRecordingStore>().WriteAsync(bench.Tenant.Id, row.Id, row.StartedAtUtc, new MemoryStream([1, 2, 3]));
        await using (var db = bench.Database.As(bench.Tenant).CreateDbContext())
        {
            (await db.Set<Recording>().SingleAsync()).Attempts = 1;
            await db.SaveChangesAsync();
        }

        await bench.FetchAsync();

        Assert.Equal([(await bench.RowsAsync())[0].StoreKey], bench.Files);
    }

    [Fact]
    public async Task Stored_RowTakenOverMeanwhile_IsNotWrittenAndTheOtherStays()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.NameAsync(1);
        await using var scope = bench.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Core.Tenancy.ScopeContext>().EnterAsSystem(bench.Tenant, "test");
        var queue = scope.ServiceProvider.GetRequiredService<RecordingQueue>();
        var slow = (await queue.ClaimAsync(bench.PbxId, default))!;
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.FetchAsync();

        Assert.False(await queue.StoredAsync(slow, new FetchedAudio(new StoredAudio("x", "y", 1, "z"), 1, [1]), default));

        var row = Assert.Single(await bench.RowsAsync());
        Assert.Equal([row.StoreKey], bench.Files);
    }

    [Fact]
    public async Task Run_SeveralAtOnce_MakeOneFileEach()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.NameAsync(8);

        await Task.WhenAll(bench.FetchAsync(), bench.FetchAsync(), bench.FetchAsync());

        var rows = await bench.RowsAsync();
        Assert.All(rows, row => Assert.Equal(RecordingState.Stored, row.State));
        Assert.Equal(rows.Select(row => row.StoreKey).Order(), bench.Files.Order());
    }

    [Fact]
    public async Task Run_FetchingSwitchedOff_AsksNothing()
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.NameAsync(1);
        await using (var db = bench.Database.As(bench.Tenant).CreateDbContext())
        {
            (await db.Set<RecordingPolicy>().SingleAsync()).Enabled = false;
            await db.SaveChangesAsync();
        }

        await bench.FetchAsync();

        Assert.Equal((RecordingState.Waiting, 0), (await bench.RowsAsync()).Select(row => (row.State, row.Attempts)).Single());
    }

    private sealed class TinyDisk : StoreDisk
    {
        public override long FreeBytes(string folder) => 1000;
    }
}
