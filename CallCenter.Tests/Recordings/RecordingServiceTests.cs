using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Recordings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Recordings.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Recordings;

/// <summary>Who may hear what, and what the audit log says of it.</summary>
public sealed class RecordingServiceTests
{
    [Fact]
    public async Task Open_StoredRecording_GivesItsAudioAndIsNotedOncePerListening()
    {
        await using var bench = await FetchBench.StartAsync();
        var row = await StoredAsync(bench);
        var listener = Guid.NewGuid();
        for (var request = 0; request < 5; request++)
        {
            await using var opened = await OpenAsync(bench, row.Id, TenantRole.Manager, listener);
            Assert.Equal(row.SizeBytes, opened!.Length);
        }

        Assert.Equal([RecordingAuditActions.Played], await ActionsAsync(bench));
        bench.Clock.Advance(TimeSpan.FromMinutes(11));
        await (await OpenAsync(bench, row.Id, TenantRole.Manager, listener))!.DisposeAsync();
        await (await OpenAsync(bench, row.Id, TenantRole.Manager, Guid.NewGuid()))!.DisposeAsync();
        await (await OpenAsync(bench, row.Id, TenantRole.Manager, listener, download: true))!.DisposeAsync();
        await (await OpenAsync(bench, row.Id, TenantRole.Manager, listener, download: true))!.DisposeAsync();
        Assert.Equal(
            [RecordingAuditActions.Played, RecordingAuditActions.Played, RecordingAuditActions.Played, RecordingAuditActions.Downloaded, RecordingAuditActions.Downloaded],
            await ActionsAsync(bench));
    }

    [Fact]
    public async Task Open_MarkedStretch_IsSilentExceptForWhoMayHearIt()
    {
        await using var bench = await FetchBench.StartAsync();
        var row = await StoredAsync(bench);
        var listener = Guid.NewGuid();
        await using var scope = Enter(bench, TenantRole.Manager, user: listener);
        var (recordings, pauses) = (scope.ServiceProvider.GetRequiredService<IRecordings>(), scope.ServiceProvider.GetRequiredService<IRecordingPauses>());
        Assert.Equal(RecordingPauseErrors.BadStretch, (await pauses.AddAsync(row.Id, new PauseStretch(2, 2), "")).Error);
        Assert.Equal(RecordingPauseErrors.BadStretch, (await pauses.AddAsync(row.Id, new PauseStretch(0, 99_999), "")).Error);
        var mark = (await pauses.AddAsync(row.Id, new PauseStretch(1, 2), " card ")).Value;

        var whole = await BytesAsync(await recordings.OpenWholeAsync(row.Id));
        var silenced = await BytesAsync(await recordings.OpenAsync(row.Id, false));

        var header = WavHeader.Read(whole)!;
        var (from, until) = (header.DataOffset + header.ByteRate, header.DataOffset + (2 * header.ByteRate));
        Assert.Equal(whole.Length, silenced.Length);
        Assert.Equal(whole[..from], silenced[..from]);
        Assert.Equal(whole[until..], silenced[until..]);
        Assert.Single(silenced[from..until].Distinct());
        Assert.NotEqual(whole[from..until], silenced[from..until]);
        var shown = Assert.Single(Assert.Single((await recordings.OfCallAsync(row.CallId)).Value).Pauses);
        Assert.Equal((mark.Id, "card", "Mona", false), (shown.Id, shown.Reason, shown.ByName, shown.Honoured));
        Assert.Equal(mark.Id, Assert.Single((await recordings.LookAsync(null, 50)).Value.Rows[0].Pauses).Id);

        await using var agent = Enter(bench, TenantRole.Agent);
        Assert.Equal(AccessErrors.Denied, (await agent.ServiceProvider.GetRequiredService<IRecordings>().OpenWholeAsync(row.Id)).Error);
        Assert.Equal(RecordingPauseErrors.NotFound, (await agent.ServiceProvider.GetRequiredService<IRecordingPauses>().RemoveAsync(mark.Id)).Error);
        Assert.True((await pauses.RemoveAsync(mark.Id)).Succeeded);
        Assert.Equal(whole, await BytesAsync(await recordings.OpenAsync(row.Id, false)));
        Assert.Equal(
            [RecordingAuditActions.PauseAdded, RecordingAuditActions.PlayedWhole, RecordingAuditActions.Played, RecordingAuditActions.PauseRemoved],
            await ActionsAsync(bench));
    }

    [Fact]
    public async Task Everything_OutsideTheReach_IsNotFound()
    {
        await using var bench = await FetchBench.StartAsync();
        var row = await StoredAsync(bench);

        await using var scope = Enter(bench, TenantRole.Agent);
        var recordings = scope.ServiceProvider.GetRequiredService<IRecordings>();

        Assert.Equal(RecordingErrors.NotFound, (await recordings.OpenAsync(row.Id, false)).Error);
        Assert.Equal(RecordingErrors.NotFound, (await recordings.OfCallAsync(row.CallId)).Error);
        Assert.Equal(AccessErrors.Denied, (await recordings.OpenAsync(row.Id, true)).Error);
        Assert.Equal(AccessErrors.Denied, (await recordings.RetryAsync(null)).Error);
        Assert.Empty((await recordings.LookAsync(null, 50)).Value.Rows);
        Assert.Empty((await recordings.LookAsync(null, 50)).Value.Counts);
        Assert.Empty(await ActionsAsync(bench));
    }

    [Fact]
    public async Task Everything_OfAnotherTenant_IsNotFound()
    {
        await using var bench = await FetchBench.StartAsync();
        var row = await StoredAsync(bench);
        await SetStateAsync(bench, RecordingState.Missing);
        var stranger = await bench.Database.AddTenantAsync("stranger");

        await using var scope = Enter(bench, TenantRole.Owner, stranger);
        var recordings = scope.ServiceProvider.GetRequiredService<IRecordings>();

        Assert.Equal(RecordingErrors.NotFound, (await recordings.OpenAsync(row.Id, false)).Error);
        Assert.Equal(RecordingErrors.NotFound, (await recordings.OfCallAsync(row.CallId)).Error);
        Assert.Equal(0, (await recordings.RetryAsync(null)).Value);
        Assert.Equal(0, (await recordings.RetryAsync(row.Id)).Value);
        Assert.Empty((await recordings.LookAsync(null, 50)).Value.Rows);
        Assert.Equal(RecordingState.Missing, (await bench.RowsAsync())[0].State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_FileGoneOrDamaged_IsLostFromThenOn(bool gone)
    {
        await using var bench = await FetchBench.StartAsync();
        var row = await StoredAsync(bench);
        var path = Path.Combine(bench.Folder, row.StoreKey);
        if (gone)
        {
            File.Delete(path);
        }
        else
        {
            await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path))[..^1]);
        }

        await using var scope = Enter(bench, TenantRole.Manager);
        var opened = await scope.ServiceProvider.GetRequiredService<IRecordings>().OpenAsync(row.Id, false);

        var expected = gone ? RecordingErrors.FileMissing : RecordingErrors.FileCorrupt;
        Assert.Equal(expected, opened.Error);
        Assert.Equal((RecordingState.Lost, expected.Code), (await bench.RowsAsync()).Select(lost => (lost.State, lost.Failure)).Single());
        Assert.Empty(await ActionsAsync(bench));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Open_PartInsideIsDamaged_IsLostAsSoonAsItIsHeard(int chunk)
    {
        await using var bench = await FetchBench.StartAsync();
        var row = await StoredAsync(bench);
        var path = Path.Combine(bench.Folder, await EnlargeAsync(bench, row));
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[SealedFormat.ChunkOffset(chunk) + 1000] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        await using var scope = Enter(bench, TenantRole.Manager);
        var recordings = scope.ServiceProvider.GetRequiredService<IRecordings>();
        var opened = await recordings.OpenAsync(row.Id, false);
        if (opened.Succeeded)
        {
            await Assert.ThrowsAsync<SealedAudioException>(() => BytesAsync(opened));
        }

        Assert.Equal(chunk > 0, opened.Succeeded);
        Assert.Equal((RecordingState.Lost, RecordingErrors.FileCorrupt.Code), (await bench.RowsAsync()).Select(lost => (lost.State, lost.Failure)).Single());
        Assert.Equal(RecordingErrors.NotFound, (await recordings.OpenAsync(row.Id, false)).Error);
    }

    [Fact]
    public async Task Look_AndOfCall_ShowStatesSizesAndOutlines()
    {
        await using var bench = await FetchBench.StartAsync();
        var row = await StoredAsync(bench);
        await bench.NameAsync("2026-11/other.wav");
        await using var scope = Enter(bench, TenantRole.Manager);
        var recordings = scope.ServiceProvider.GetRequiredService<IRecordings>();

        var look = (await recordings.LookAsync(RecordingState.Stored, 50)).Value;
        var ofCall = Assert.Single((await recordings.OfCallAsync(row.CallId)).Value);

        Assert.Equal((1, 1, row.SizeBytes), (look.Counts[RecordingState.Stored], look.Counts[RecordingState.Waiting], look.StoredBytes));
        Assert.Equal(row.Id, Assert.Single(look.Rows).Id);
        Assert.Contains(ofCall.Peaks, peak => peak > 10);
        Assert.Equal((true, null), (look.FetchingEnabled, look.StoreTrouble));
    }

    [Fact]
    public async Task Look_ListedRecording_NamesBothParties()
    {
        await using var bench = await FetchBench.StartAsync();
        await StoredAsync(bench);
        await using var scope = Enter(bench, TenantRole.Manager);

        var call = Assert.Single((await scope.ServiceProvider.GetRequiredService<IRecordings>().LookAsync(null, 50)).Value.Rows).Call;

        Assert.Equal(("+353209100123", "1001", CallDirection.Inbound), (call!.FromNumber, call.AnsweredBy, call.Direction));
    }

    [Fact]
    public async Task Look_OlderThanTheDaysThatAreFetched_IsNotSaidToWait()
    {
        await using var bench = await FetchBench.StartAsync();
        var old = await bench.NameAsync("2026-11/old.wav", FetchBench.Now.UtcDateTime.AddDays(-3));
        var young = await bench.NameAsync("2026-11/young.wav");
        await using var services = bench.Database.CreateServices(
            add => add.AddSingleton<TimeProvider>(bench.Clock), new Dictionary<string, string?>(FetchBench.Settings(bench.Folder)) { ["Recordings:FetchDays"] = "2" });
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(Guid.NewGuid(), "Mona", false, "127.0.0.1");
        context.EnterTenant(bench.Tenant, TenantRole.Manager);
        var recordings = scope.ServiceProvider.GetRequiredService<IRecordings>();

        var all = (await recordings.LookAsync(null, 50)).Value;

        Assert.Equal((1, 1), (all.Counts[RecordingState.Waiting], all.Counts[RecordingState.Skipped]));
        Assert.Equal((RecordingState.Skipped, null), all.Rows.Where(row => row.Id == old.Id).Select(row => (row.State, row.NextAttemptUtc)).Single());
        Assert.Equal(old.Id, Assert.Single((await recordings.LookAsync(RecordingState.Skipped, 50)).Value.Rows).Id);
        Assert.Equal(young.Id, Assert.Single((await recordings.LookAsync(RecordingState.Waiting, 50)).Value.Rows).Id);
    }

    [Theory]
    [InlineData(RecordingState.Missing, 1)]
    [InlineData(RecordingState.Corrupt, 1)]
    [InlineData(RecordingState.Failed, 1)]
    [InlineData(RecordingState.Deleted, 0)]
    [InlineData(RecordingState.Lost, 0)]
    public async Task Retry_OnlyWhatWasNotFetched_WaitsAgain(RecordingState state, int count)
    {
        await using var bench = await FetchBench.StartAsync();
        await bench.NameAsync(1);
        await SetStateAsync(bench, state);
        await using var scope = Enter(bench, TenantRole.Admin);

        Assert.Equal(count, (await scope.ServiceProvider.GetRequiredService<IRecordings>().RetryAsync(null)).Value);

        Assert.Equal(count == 1 ? RecordingState.Waiting : state, (await bench.RowsAsync())[0].State);
        Assert.Equal(count, (await ActionsAsync(bench)).Count);
    }

    private static async Task<Recording> StoredAsync(FetchBench bench)
    {
        await bench.NameAsync(1);
        await bench.FetchAsync();
        var row = Assert.Single(await bench.RowsAsync());
        await using var db = bench.Database.As(bench.Tenant).CreateDbContext();
        db.Add(new Call
        {
            Id = row.CallId,
            TenantId = bench.Tenant.Id,
            PbxId = bench.PbxId,
            CallKey = "1772452800.1",
            StartedAtUtc = row.StartedAtUtc,
            EndedAtUtc = row.StartedAtUtc.AddMinutes(1),
            Direction = CallDirection.Inbound,
            Outcome = CallOutcome.Answered,
            FromNumber = "+353209100123",
            FromName = "",
            ToNumber = "1001",
            AnsweredBy = "1001",
            Via = "",
            Trunk = "",
            DurationSeconds = 60,
            WaitSeconds = 1,
            TalkSeconds = 59,
            LegCount = 1,
            HasRecording = true,
            FromTail = 0,
            ToTail = 0,
            AnsweredByTail = 0,
            OutsideE164 = 0,
        });
        await db.SaveChangesAsync();
        return row;
    }

    /// <summary>Stores another audio for it, of five parts.</summary>
    private static async Task<string> EnlargeAsync(FetchBench bench, Recording row)
    {
        using var audio = new MemoryStream(WavFiles.Pcm16(new short[150_000]));
        var stored = (await bench.Services.GetRequiredService<IRecordingStore>().WriteAsync(bench.Tenant.Id, row.Id, row.StartedAtUtc, audio)).Value;
        await using var db = bench.Database.As(bench.Tenant).CreateDbContext();
        var recording = await db.Set<Recording>().SingleAsync();
        (recording.StoreKey, recording.FileKey, recording.SizeBytes, recording.Sha256) = (stored.StoreKey, stored.FileKey, stored.SizeBytes, stored.Sha256);
        await db.SaveChangesAsync();
        return stored.StoreKey;
    }

    private static async Task SetStateAsync(FetchBench bench, RecordingState state)
    {
        await using var db = bench.Database.As(bench.Tenant).CreateDbContext();
        (await db.Set<Recording>().SingleAsync()).State = state;
        await db.SaveChangesAsync();
    }

    private static AsyncServiceScope Enter(FetchBench bench, TenantRole role, TenantInfo? tenant = null, Guid? user = null)
    {
        var scope = bench.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(user ?? Guid.NewGuid(), "Mona", false, "127.0.0.1");
        context.EnterTenant(tenant ?? bench.Tenant, role);
        return scope;
    }

    private static async Task<Stream?> OpenAsync(FetchBench bench, Guid id, TenantRole role, Guid user, bool download = false)
    {
        await using var scope = Enter(bench, role, user: user);
        var opened = await scope.ServiceProvider.GetRequiredService<IRecordings>().OpenAsync(id, download);
        Assert.Null(opened.Error);
        Assert.EndsWith("_+353209100123_1001.wav", opened.Value.FileName, StringComparison.Ordinal);
        return opened.Value.Audio;
    }

    private static async Task<byte[]> BytesAsync(CallCenter.Core.Primitives.Result<OpenRecording> opened)
    {
        await using var audio = opened.Value.Audio;
        using var bytes = new MemoryStream();
        await audio.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static async Task<List<string>> ActionsAsync(FetchBench bench)
    {
        await using var db = bench.Database.As(bench.Tenant).CreateDbContext();
        return await db.Set<AuditEntry>().OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync();
    }
}
