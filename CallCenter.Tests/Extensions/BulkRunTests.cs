using CallCenter.Core.Extensions;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Extensions;

public sealed class BulkRunTests : IAsyncLifetime
{
    private static readonly ExtensionAct Rename = new(
        ExtensionRunKind.Change, new ExtensionProfile { Name = "-", Voicemail = false, RingTimeoutSeconds = 45 }, [nameof(ExtensionProfile.Voicemail), nameof(ExtensionProfile.RingTimeoutSeconds)]);

    private static readonly ExtensionAct Rotate = new(ExtensionRunKind.Rotate, null, []);
    private static readonly ExtensionAct Delete = new(ExtensionRunKind.Delete, null, []);

    private readonly MemoryPbx _pbx = new();
    private ExtensionBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ExtensionBench.StartAsync(_pbx);

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Create_LostAndDroppedAnswers_EndsWithEachExactlyOnce()
    {
        var calls = 0;
        _pbx.Fault = (call, _) => call is "add" or "apply"
            ? (++calls % 7) switch { 2 => MemoryFault.AnswerLost, 4 => MemoryFault.NeverArrived, 6 => MemoryFault.Unreachable, _ => MemoryFault.None }
            : MemoryFault.None;

        var run = await _bench.StartRangeAsync(60);
        var before = await _bench.RunAsync(run);
        await _bench.FollowAsync();
        var after = await _bench.RunAsync(run);

        Assert.Equal((0, 0, 0, 60, 0), before.Figures());
        Assert.Null(before.FinishedAtUtc);
        Assert.Equal((60, 0, 0, 0, 0), after.Figures());
        Assert.NotNull(after.FinishedAtUtc);
        await _bench.AssertEqualAsync(_pbx.Truth());
        Assert.Equal(1, (await _bench.AuditAsync()).Count(action => action == ExtensionAuditActions.RunStarted));
    }

    [Fact]
    public async Task Create_NumberTakenSincePreview_StartsNothing()
    {
        var lines = (await _bench.BulkAsync(bulk => bulk.PreviewRangeAsync(new ExtensionRangeForm { Count = 5 }))).Value.Lines;
        await _bench.CreateAsync(lines[3].Number);

        var started = await _bench.BulkAsync(bulk => bulk.StartCreateAsync(lines));

        Assert.Equal(ExtensionErrors.PreviewStale, started.Error);
        Assert.Single(await _bench.RowsAsync());
        Assert.Empty((await _bench.BulkAsync(bulk => bulk.ListRunsAsync())).Value);
    }

    [Fact]
    public async Task Create_LineTamperedWith_StartsNothing()
    {
        var line = (await _bench.BulkAsync(bulk => bulk.PreviewRangeAsync(new ExtensionRangeForm { Count = 1 }))).Value.Lines[0];

        Assert.Equal(ExtensionErrors.PreviewStale, (await _bench.BulkAsync(bulk => bulk.StartCreateAsync([line with { Profile = new ExtensionProfile() }]))).Error);
        Assert.Equal(ExtensionErrors.PreviewStale, (await _bench.BulkAsync(bulk => bulk.StartCreateAsync([line with { Number = "1; DROP" }]))).Error);
        Assert.Equal(ExtensionErrors.PreviewStale, (await _bench.BulkAsync(bulk => bulk.StartCreateAsync([line, line]))).Error);
        Assert.Equal(ExtensionErrors.RunSize, (await _bench.BulkAsync(bulk => bulk.StartCreateAsync([]))).Error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(39)]
    public async Task Cancel_InTheMiddleOfCreating_SumHoldsAndPbxEqualsPortal(int afterAdds)
    {
        var run = await _bench.StartRangeAsync(40);
        await CancelAtCallAsync(run, "add", afterAdds);
        var after = await _bench.RunAsync(run);

        Assert.Equal(40, after.Done + after.TakenBack);
        Assert.InRange(after.Done, afterAdds, Math.Min(40, afterAdds + 20));
        Assert.NotNull(after.CancelledAtUtc);
        Assert.NotNull(after.FinishedAtUtc);
        Assert.Equal(after.Done, (await _bench.RowsAsync()).Count);
        await _bench.AssertEqualAsync(_pbx.Truth());
        Assert.True((await _bench.BulkAsync(bulk => bulk.CancelAsync(run))).Succeeded);
        Assert.Equal(1, (await _bench.AuditAsync()).Count(action => action == ExtensionAuditActions.RunCancelled));
    }

    [Fact]
    public async Task Cancel_WithoutPbxConnection_TakesAllBackAndEnds()
    {
        var run = await _bench.StartRangeAsync(12);
        await using (var db = _bench.Db())
        {
            await db.Set<PbxConnection>().ExecuteDeleteAsync();
        }

        Assert.True((await _bench.BulkAsync(bulk => bulk.CancelAsync(run))).Succeeded);
        var after = await _bench.RunAsync(run);

        Assert.Equal((0, 0, 12, 0, 0), after.Figures());
        Assert.NotNull(after.FinishedAtUtc);
        Assert.Empty(await _bench.RowsAsync());
    }

    [Fact]
    public async Task Cancel_OfChanges_BringsBackWhatWasWanted()
    {
        var rows = await _bench.CreateActiveAsync(20);
        var run = (await _bench.StartActAsync(Rename, rows.Select(row => row.Id))).Value;

        await CancelAtCallAsync(run, "change", 6);
        var after = await _bench.RunAsync(run);

        Assert.Equal(20, after.Done + after.TakenBack);
        Assert.InRange(after.Done, 6, 19);
        var changed = await _bench.RowsAsync();
        Assert.Equal(after.Done, changed.Count(row => row.Wanted.RingTimeoutSeconds == 45));
        Assert.All(changed, row =>
        {
            Assert.Equal(ExtensionState.Active, row.State);
            Assert.Null(row.Previous);
            Assert.Equal(row.Wanted, _pbx.Configured[row.Number].Profile);
        });
    }

    [Fact]
    public async Task Cancel_OfNewSecretsAndRemovals_LeavesEachWholeOnBothSides()
    {
        var rows = await _bench.CreateActiveAsync(20);
        var before = _pbx.Truth();

        var rotation = (await _bench.StartActAsync(Rotate, rows.Select(row => row.Id))).Value;
        await CancelAtCallAsync(rotation, "change", 5);
        var rotated = await _bench.RunAsync(rotation);
        await _bench.AssertEqualAsync(_pbx.Truth());
        Assert.Equal(rotated.Done, _pbx.Truth().Count(pair => pair.Value.Secret != before[pair.Key].Secret));
        Assert.Equal(20, rotated.Done + rotated.TakenBack);

        var removal = (await _bench.StartActAsync(Delete, rows.Select(row => row.Id))).Value;
        await CancelAtCallAsync(removal, "delete", 5);
        var removed = await _bench.RunAsync(removal);
        await _bench.AssertEqualAsync(_pbx.Truth());
        Assert.Equal(20, removed.Done + removed.TakenBack);
        Assert.Equal(removed.Done, (await _bench.StoredRunAsync(removal)).Removed);
    }

    [Fact]
    public async Task Delete_LostAnswers_CountsEachRemovalOnce()
    {
        var rows = await _bench.CreateActiveAsync(15);
        var calls = 0;
        _pbx.Fault = (call, _) => call is "delete" ? (++calls % 3) switch { 1 => MemoryFault.AnswerLost, 2 => MemoryFault.NeverArrived, _ => MemoryFault.None } : MemoryFault.None;

        var run = (await _bench.StartActAsync(Delete, rows.Select(row => row.Id))).Value;
        await _bench.FollowAsync();

        Assert.Equal((15, 0, 0, 0, 0), (await _bench.RunAsync(run)).Figures());
        Assert.Equal(15, (await _bench.StoredRunAsync(run)).Removed);
        Assert.Empty(_pbx.Configured);
        Assert.Empty(await _bench.RowsAsync());
    }

    [Fact]
    public async Task RetryFailed_AfterTheCauseIsMended_FinishesTheRunAgain()
    {
        _pbx.Fault = (call, number) => call == "add" && number.EndsWith('3') ? MemoryFault.Refused : MemoryFault.None;
        var run = await _bench.StartRangeAsync(20);
        await _bench.FollowAsync();
        var failed = await _bench.RunAsync(run);
        Assert.Equal((18, 2, 0, 0, 0), failed.Figures());
        Assert.NotNull(failed.FinishedAtUtc);

        _pbx.Fault = (_, _) => MemoryFault.None;
        Assert.True((await _bench.BulkAsync(bulk => bulk.RetryFailedAsync(run))).Succeeded);
        Assert.Null((await _bench.RunAsync(run)).FinishedAtUtc);
        await _bench.FollowAsync();

        var after = await _bench.RunAsync(run);
        Assert.Equal((20, 0, 0, 0, 0), after.Figures());
        Assert.NotNull(after.FinishedAtUtc);
        await _bench.AssertEqualAsync(_pbx.Truth());
    }

    [Fact]
    public async Task GivenUpCreation_CountsAsFailedForGood()
    {
        _pbx.Fault = (call, number) => call == "add" && number.EndsWith("05", StringComparison.Ordinal) ? MemoryFault.Refused : MemoryFault.None;
        var run = await _bench.StartRangeAsync(10);
        await _bench.FollowAsync();
        var row = Assert.Single(await _bench.RowsAsync(), row => row.State == ExtensionState.Failed);

        await _bench.UseAsync(extensions => extensions.GiveUpAsync(row.Id, row.Version));
        await _bench.FollowAsync();

        Assert.Equal((9, 1, 0, 0, 0), (await _bench.RunAsync(run)).Figures());
        Assert.Equal(9, (await _bench.RowsAsync()).Count);
    }

    [Fact]
    public async Task Finish_ProcessEndedBetweenLastRowAndRun_NextPassEndsItOnce()
    {
        var run = await _bench.StartRangeAsync(3);
        await _bench.FollowAsync();
        await using (var db = _bench.Db())
        {
            await db.Set<ExtensionRun>().ExecuteUpdateAsync(set => set.SetProperty(r => r.FinishedAtUtc, (DateTime?)null));
        }

        await _bench.PassAsync();
        var finished = (await _bench.RunAsync(run)).FinishedAtUtc;
        await _bench.PassAsync();

        Assert.NotNull(finished);
        Assert.Equal(finished, (await _bench.RunAsync(run)).FinishedAtUtc);
    }

    [Fact]
    public async Task Act_ChangedSincePreview_StartsNothing()
    {
        var rows = await _bench.CreateActiveAsync(3);
        var preview = (await _bench.BulkAsync(bulk => bulk.PreviewActAsync(Rename, [.. rows.Select(row => row.Id)]))).Value;
        await _bench.UseAsync(extensions => extensions.ChangeAsync(rows[1].Id, rows[1].Wanted with { Name = "Other" }, rows[1].Version));
        await _bench.FollowAsync();

        var started = await _bench.BulkAsync(bulk => bulk.StartActAsync(Rename, [.. preview.Items.Select(item => new ActTarget(item.Id, item.Version))]));

        Assert.Equal(ExtensionErrors.PreviewStale, started.Error);
        Assert.All(await _bench.RowsAsync(), row => Assert.Equal(ExtensionState.Active, row.State));
    }

    [Fact]
    public async Task PreviewAct_TellsFieldByFieldAndWhyNot()
    {
        var rows = await _bench.CreateActiveAsync(5);
        _pbx.Talking.Add(rows[0].Number);
        await using (var db = _bench.Db())
        {
            db.Add(new ExtensionPresence { ExtensionId = rows[1].Id, Locked = true });
            await db.SaveChangesAsync();
        }

        await _bench.UseAsync(extensions => extensions.ChangeAsync(rows[2].Id, rows[2].Wanted with { Voicemail = false, RingTimeoutSeconds = 45 }, rows[2].Version));
        await _bench.FollowAsync();
        await _bench.UseAsync(extensions => extensions.RotateSecretAsync(rows[3].Id, rows[3].Version));
        _pbx.Fault = (call, _) => call == "list" ? MemoryFault.Unreachable : MemoryFault.None;
        var away = (await _bench.BulkAsync(bulk => bulk.PreviewActAsync(Rename, [rows[1].Id]))).Value;
        _pbx.Fault = (_, _) => MemoryFault.None;
        var stranger = Guid.NewGuid();

        var preview = (await _bench.BulkAsync(bulk => bulk.PreviewActAsync(Rename, [.. rows.Select(row => row.Id), stranger]))).Value;
        var items = preview.Items.ToDictionary(item => item.Id);

        Assert.Equal(["Voicemail True False", "RingTimeoutSeconds  45"], items[rows[0].Id].Changes.OrderByDescending(change => change.Field).Select(change => $"{change.Field} {change.Before} {change.After}"));
        Assert.True(items[rows[0].Id].InCall);
        Assert.Null(items[rows[0].Id].Refusal);
        Assert.Equal(ExtensionErrors.Locked, Assert.Single(away.Items).Refusal);
        Assert.NotNull(away.PbxError);
        Assert.Equal(ExtensionBulkErrors.NothingToDo, items[rows[2].Id].Refusal);
        Assert.Equal(ExtensionErrors.Pending, items[rows[3].Id].Refusal);
        Assert.Equal(ExtensionErrors.NotFound, items[stranger].Refusal);
    }

    [Fact]
    public async Task PreviewCsv_PeopleAndNumbersOfTheTenant_AreKnown()
    {
        _pbx.Seed("7101");
        var ana = await _bench.AddPersonAsync("ana");
        await _bench.AddPersonAsync("gone", disabled: true);
        var csv = "Name,Number,User\nAna,7102,ANA@example.test\nTaken,7101,\nGone,,gone\nNext,,\n"u8.ToArray();

        var preview = (await _bench.BulkAsync(bulk => bulk.PreviewCsvAsync(new MemoryStream(csv), new ExtensionProfile()))).Value;
        var started = await _bench.BulkAsync(bulk => bulk.StartCreateAsync([.. preview.Lines.Where(line => line.Errors.Count == 0)]));
        await _bench.FollowAsync();

        Assert.Equal(["", "extensions.number_taken_on_pbx", "extensions.user_unknown", ""], preview.Lines.Select(line => string.Join(' ', line.Errors.Select(error => error.Code))));
        Assert.Equal(["7102", "7101", "", "7100"], preview.Lines.Select(line => line.Number));
        Assert.Equal((2, 0, 0, 0, 0), (await _bench.RunAsync(started.Value)).Figures());
        Assert.Equal(ana, (await _bench.RowsAsync()).Single(row => row.Number == "7102").UserId);
    }

    [Fact]
    public async Task Preview_PbxAway_SaysSoAndGoesOnWithWhatIsKnown()
    {
        _pbx.Fault = (call, _) => call == "taken" ? MemoryFault.Unreachable : MemoryFault.None;

        var preview = (await _bench.BulkAsync(bulk => bulk.PreviewRangeAsync(new ExtensionRangeForm { Count = 2 }))).Value;

        Assert.NotNull(preview.PbxError);
        Assert.Equal(["7100", "7101"], preview.Lines.Select(line => line.Number));
    }

    [Fact]
    public async Task Everything_OtherTenantOrWithoutPermission_IsClosed()
    {
        var rows = await _bench.CreateActiveAsync(2);
        var run = (await _bench.BulkAsync(bulk => bulk.ListRunsAsync())).Value.Single().Id;
        var stranger = await _bench.Database.AddTenantAsync("other");

        Assert.Equal(ExtensionErrors.RunNotFound, (await _bench.BulkAsync(bulk => bulk.GetRunAsync(run), tenant: stranger)).Error);
        Assert.Equal(ExtensionErrors.RunNotFound, (await _bench.BulkAsync(bulk => bulk.CancelAsync(run), tenant: stranger)).Error);
        Assert.Equal(ExtensionErrors.RunNotFound, (await _bench.BulkAsync(bulk => bulk.RetryFailedAsync(run), tenant: stranger)).Error);
        Assert.Empty((await _bench.BulkAsync(bulk => bulk.ListRunsAsync(), tenant: stranger)).Value);
        Assert.Equal(
            ExtensionErrors.NotFound,
            (await _bench.BulkAsync(bulk => bulk.PreviewActAsync(Delete, [rows[0].Id]), tenant: stranger)).Value.Items.Single().Refusal);
        Assert.Equal(
            ExtensionErrors.PreviewStale,
            (await _bench.BulkAsync(bulk => bulk.StartActAsync(Delete, [new ActTarget(rows[0].Id, rows[0].Version)]), tenant: stranger)).Error);
        Assert.Equal(AccessErrors.Denied, (await _bench.BulkAsync(bulk => bulk.StartActAsync(Delete, [new ActTarget(rows[0].Id, rows[0].Version)]), TenantRole.Agent)).Error);
        Assert.Equal(AccessErrors.Denied, (await _bench.BulkAsync(bulk => bulk.CancelAsync(run), TenantRole.Agent)).Error);
        Assert.Equal(AccessErrors.Denied, (await _bench.BulkAsync(bulk => bulk.PreviewRangeAsync(new ExtensionRangeForm()), TenantRole.Agent)).Error);
        Assert.Equal(AccessErrors.Denied, (await _bench.BulkAsync(bulk => bulk.ListRunsAsync(), TenantRole.Agent)).Error);
        Assert.Equal(2, _pbx.Configured.Count);
    }

    /// <summary>Follows, and cancels while the PBX answers the so-many-eth call of that name: the worst moment there is.</summary>
    private async Task CancelAtCallAsync(Guid run, string name, int number)
    {
        var calls = 0;
        var cancelled = new TaskCompletionSource();
        _pbx.Fault = (call, extension) =>
        {
            if (call == name && ++calls == number)
            {
                _ = Task.Run(async () =>
                {
                    try
                    {
                        Assert.True((await _bench.BulkAsync(bulk => bulk.CancelAsync(run))).Succeeded);
                        cancelled.SetResult();
                    }
                    catch (Exception exception)
                    {
                        cancelled.SetException(exception);
                    }
                });
            }

            // The rest waits a moment, so that the cancel does not always come too late for a PBX of memory.
            return calls > number && !cancelled.Task.IsCompleted ? MemoryFault.Unreachable : MemoryFault.None;
        };
        await _bench.FollowAsync();
        await cancelled.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await _bench.FollowAsync();
        _pbx.Fault = (_, _) => MemoryFault.None;
    }
}
