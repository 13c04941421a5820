using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Recordings.Retention;
using CallCenter.Tests.Calls;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Recordings.Retention;

public sealed class RetentionTests : IAsyncLifetime
{
    private RetentionHost _host = null!;

    public async Task InitializeAsync() => _host = await RetentionHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Run_TenantAndQueueDays_DeletesWhatEachRuleSays()
    {
        await _host.KeepAsync(30, ("6500", 7), ("6501", 90));
        var young = await _host.AddAsync(29);
        var old = await _host.AddAsync(31);
        var shortQueue = await _host.AddAsync(8, "6500");
        var longQueue = await _host.AddAsync(31, "6501");
        var veryOld = await _host.AddAsync(91, "6501");
        var otherQueue = await _host.AddAsync(31, "6502");

        Assert.True((await _host.RunAsync()).Succeeded);

        Assert.Equal([young.StoreKey, longQueue.StoreKey], _host.Store.Files.Order(StringComparer.Ordinal).OrderBy(key => key == longQueue.StoreKey));
        foreach (var gone in new[] { old, shortQueue, veryOld, otherQueue })
        {
            var row = await _host.FindAsync(gone.Id);
            Assert.Equal((RecordingState.Deleted, "", "", _host.Now), (row.State, row.StoreKey, row.FileKey, row.DeletedAtUtc));
        }
    }

    [Fact]
    public async Task Run_NothingSet_KeepsEverythingAndLeavesNoRun()
    {
        await _host.KeepAsync(null);
        var recording = await _host.AddAsync(4000);

        Assert.True((await _host.RunAsync()).Succeeded);

        Assert.Equal(RecordingState.Stored, (await _host.FindAsync(recording.Id)).State);
        Assert.Empty((await RunsAsync()));
    }

    [Fact]
    public async Task Run_NotFetchedYet_IsNeverFetched()
    {
        await _host.KeepAsync(30);
        var waiting = await _host.AddAsync(31, state: RecordingState.Waiting);
        var missing = await _host.AddAsync(31, state: RecordingState.Missing);

        await _host.RunAsync();

        var row = await _host.FindAsync(waiting.Id);
        Assert.Equal((RecordingState.Deleted, null), (row.State, row.NextAttemptUtc));
        Assert.Equal(RecordingState.Missing, (await _host.FindAsync(missing.Id)).State);
    }

    [Fact]
    public async Task Preview_ThenRun_SaysExactlyWhatGoes()
    {
        await _host.KeepAsync(30, ("6500", 7));
        await _host.AddAsync(40);
        await _host.AddAsync(10, "6500");
        var held = await _host.AddAsync(50);
        await HoldAsync(held.CallId);

        var preview = await _host.PreviewAsync();

        Assert.Equal((2, 2_000L, 1, 0), (preview.Recordings, preview.Bytes, preview.Held, preview.Unfinished));
        Assert.Equal(["", "6500"], preview.Due.Select(share => share.Queue).Order(StringComparer.Ordinal));
        Assert.Equal(3, _host.Store.Files.Count);
        await _host.RunAsync();
        Assert.Equal([held.StoreKey], _host.Store.Files);
        var run = Assert.Single(await RunsAsync());
        Assert.Equal((RetentionRunState.Done, 2, 2_000L, 1, ""), (run.State, run.Deleted, run.Bytes, run.Held, run.ByName));
        await using var db = _host.Open();
        Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == RetentionAuditActions.Deleted));
    }

    [Fact]
    public async Task Run_CrashedBetweenFileAndRow_NextRunEndsIt()
    {
        await _host.KeepAsync(30);
        var recordings = new List<Recording>();
        for (var i = 0; i < 5; i++)
        {
            recordings.Add(await _host.AddAsync(31 + i));
        }

        var calls = 0;
        _host.Store.BeforeDelete = key => ++calls == 3 ? throw new InvalidOperationException("The process died here.") : Task.FromResult(Result.Success);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _host.RunAsync());
        Assert.Equal(3, _host.Store.Files.Count);
        Assert.All(await StatesAsync(recordings), state => Assert.Equal(RecordingState.Deleting, state));

        _host.Store.BeforeDelete = null;
        Assert.True((await _host.RunAsync(byItself: false)).Succeeded);

        Assert.Empty(_host.Store.Files);
        Assert.All(await StatesAsync(recordings), state => Assert.Equal(RecordingState.Deleted, state));
        Assert.Equal(5, Assert.Single(await RunsAsync()).Deleted);
    }

    [Fact]
    public async Task Run_StoreFails_SaysSoAndGoesOnLater()
    {
        await _host.KeepAsync(30);
        await _host.AddAsync(31);
        _host.Store.BeforeDelete = _ => Task.FromResult(Result.FromError(RecordingErrors.StoreFailed));

        Assert.Equal(RecordingErrors.StoreFailed, (await _host.RunAsync()).Error);

        Assert.Equal((RetentionRunState.Failed, RecordingErrors.StoreFailed.Code), Assert.Single(await RunsAsync()) is var run ? (run.State, run.Failure) : default);
        Assert.Equal(1, (await _host.PreviewAsync()).Unfinished);
        _host.Store.BeforeDelete = null;
        Assert.True((await _host.RunAsync(byItself: false)).Succeeded);
        Assert.Empty(_host.Store.Files);
    }

    [Fact]
    public async Task Hold_AfterTheMark_KeepsWhatIsNotGoneYet()
    {
        await _host.KeepAsync(30);
        var recording = await _host.AddAsync(31);
        await using (var db = _host.Open())
        {
            Assert.Equal(1, await RecordingRemoval.MarkAsync(db, [recording.Id], CancellationToken.None));
        }

        var hold = await HoldAsync(recording.CallId);
        await _host.RunAsync();

        Assert.Equal("Court case", hold.Reason);
        var row = await _host.FindAsync(recording.Id);
        Assert.Equal((RecordingState.Stored, recording.StoreKey), (row.State, row.StoreKey));
        Assert.Single(_host.Store.Files);
    }

    [Fact]
    public async Task Hold_Released_LetsTheNextRunDelete()
    {
        await _host.KeepAsync(30);
        var recording = await _host.AddAsync(31);
        await HoldAsync(recording.CallId);
        await _host.RunAsync();
        Assert.Equal(RecordingState.Stored, (await _host.FindAsync(recording.Id)).State);

        Assert.True((await _host.WithAsync<IRecordingHolds, Result>(holds => holds.ReleaseAsync(recording.CallId))).Succeeded);
        await _host.RunAsync();

        Assert.Equal(RecordingState.Deleted, (await _host.FindAsync(recording.Id)).State);
        await using var db = _host.Open();
        Assert.Equal(
            [RetentionAuditActions.Held, RetentionAuditActions.Released, RetentionAuditActions.Deleted],
            await db.Set<AuditEntry>().OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync());
    }

    [Fact]
    public async Task Hold_OfADeletedRecording_CountsItAsGone()
    {
        await _host.KeepAsync(30);
        var recording = await _host.AddAsync(31);
        await _host.RunAsync();

        var hold = await HoldAsync(recording.CallId);

        Assert.Equal((0, 1), (hold.Recordings, hold.Gone));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_CallsJoined_TakeTheHoldAlong(bool bothHeld)
    {
        var first = TestLegs.Leg("1772452800.1", "1", "1772452800111-a");
        var second = TestLegs.Leg("1772452810.2", "2", "1772452810222-b", second: 10);
        await WriteAsync(first, second);
        await using var db = _host.Open();
        foreach (var call in await db.Set<Call>().OrderBy(call => call.StartedAtUtc).Skip(bothHeld ? 0 : 1).ToListAsync())
        {
            await HoldAsync(call.Id);
        }

        // A leg of the first call with the session of the second: they were one.
        await WriteAsync(TestLegs.Leg("1772452800.1", "3", "1772452810222-b", second: 20));

        var joined = await db.Set<Call>().AsNoTracking().SingleAsync();
        Assert.Equal(joined.Id, (await db.Set<CallHold>().AsNoTracking().SingleAsync()).CallId);
    }

    [Fact]
    public async Task Hold_WithoutReason_IsRefused() =>
        Assert.Equal(
            RetentionErrors.ReasonMissing,
            (await _host.WithAsync<IRecordingHolds, Result<HoldView>>(async holds => await holds.HoldAsync((await _host.AddAsync(1)).CallId, "  "))).Error);

    [Fact]
    public async Task Request_Twice_IsOneRunThatBeginsWithTheNextRound()
    {
        await _host.KeepAsync(30);
        await _host.AddAsync(31);
        var first = await _host.WithAsync<IRetention, Result<Guid>>(retention => retention.RequestAsync());
        var second = await _host.WithAsync<IRetention, Result<Guid>>(retention => retention.RequestAsync());
        Assert.Equal(first.Value, second.Value);

        await _host.RunAsync(byItself: false);

        var run = Assert.Single(await RunsAsync());
        Assert.Equal((first.Value, "Mona", 1), (run.Id, run.ByName, run.Deleted));
    }

    [Fact]
    public async Task OtherTenant_ItsRecordingsHoldsAndRuns_AreOutOfReach()
    {
        await _host.KeepAsync(30);
        var theirs = await _host.AddAsync(400, tenant: _host.Other);
        var mine = await _host.AddAsync(400);

        Assert.Equal(CallErrors.NotFound, (await _host.WithAsync<IRecordingHolds, Result<HoldView>>(holds => holds.HoldAsync(theirs.CallId, "x"))).Error);
        Assert.Equal(1, (await _host.PreviewAsync()).Recordings);
        await _host.RunAsync();

        Assert.Equal(RecordingState.Deleted, (await _host.FindAsync(mine.Id)).State);
        Assert.Equal(RecordingState.Stored, (await _host.FindAsync(theirs.Id, _host.Other)).State);
        Assert.Equal([theirs.StoreKey], _host.Store.Files);
    }

    [Theory]
    [InlineData(TenantRole.Agent)]
    [InlineData(TenantRole.Supervisor)]
    public async Task Everything_WithoutPermission_IsDenied(TenantRole role)
    {
        var call = (await _host.AddAsync(1)).CallId;

        Assert.Equal(AccessErrors.Denied, (await _host.WithAsync<IRetention, Result<RetentionPreview>>(retention => retention.PreviewAsync(), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await _host.WithAsync<IRetention, Result<Guid>>(retention => retention.RequestAsync(), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await _host.WithAsync<IRetention, Result<IReadOnlyList<RetentionRun>>>(retention => retention.ListRunsAsync(), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await _host.WithAsync<IRecordingHolds, Result<HoldView>>(holds => holds.HoldAsync(call, "x"), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await _host.WithAsync<IRecordingHolds, Result>(holds => holds.ReleaseAsync(call), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await _host.WithAsync<IRecordingHolds, Result<HoldView?>>(holds => holds.FindAsync(call), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await _host.WithAsync<IRecordingHolds, Result<IReadOnlyList<HoldView>>>(holds => holds.ListAsync(), role)).Error);
    }

    private Task<CallWriteResult> WriteAsync(params CdrLeg[] legs) =>
        _host.WithAsync<ICallWriter, CallWriteResult>(writer => writer.WriteAsync(RetentionHost.Pbx, legs), role: null);

    private async Task<HoldView> HoldAsync(Guid callId) =>
        (await _host.WithAsync<IRecordingHolds, Result<HoldView>>(holds => holds.HoldAsync(callId, " Court case "))).Value;

    private async Task<IReadOnlyList<RetentionRun>> RunsAsync() =>
        (await _host.WithAsync<IRetention, Result<IReadOnlyList<RetentionRun>>>(retention => retention.ListRunsAsync())).Value;

    private async Task<List<RecordingState>> StatesAsync(IEnumerable<Recording> recordings)
    {
        var ids = recordings.Select(recording => recording.Id).ToList();
        await using var db = _host.Open();
        return await db.Set<Recording>().Where(recording => ids.Contains(recording.Id)).Select(recording => recording.State).ToListAsync();
    }
}
