using CallCenter.Core.Audit;
using CallCenter.Core.Devices;
using CallCenter.Core.Telephony.Gdms;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Devices;

public sealed class DeviceTaskTests : IAsyncLifetime
{
    private static readonly string One = DeviceBench.Phone(1).Mac;
    private static readonly string Two = DeviceBench.Phone(2).Mac;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(20);

    private DeviceBench _bench = null!;

    public async Task InitializeAsync() => _bench = await DeviceBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    private int Sent => _bench.Gdms.Requests.Count(request => request.Path.EndsWith("task/add", StringComparison.Ordinal));

    [Fact]
    public async Task Reboot_DevicesGoAndReturn_IsDoneForEach()
    {
        var id = (await _bench.RebootAsync(One, Two)).Value;

        Assert.All((await _bench.TaskAsync(id)).Items, item => Assert.Equal(DeviceItemState.Sent, item.State));
        await _bench.RunJobAsync(Round);
        Assert.All((await _bench.TaskAsync(id)).Items, item => Assert.Equal(DeviceItemState.Away, item.State));
        await _bench.RunJobAsync(TimeSpan.FromMinutes(2));

        var task = await _bench.TaskAsync(id);
        Assert.Equal(DeviceTaskState.Ended, task.Task.State);
        Assert.All(task.Items, item => Assert.Equal((DeviceItemState.Done, null), (item.State, item.ErrorCode)));
        Assert.Equal([One, Two], Assert.Single(_bench.Gdms.World.Tasks).Macs.Order());
        var actions = await ActionsAsync();
        Assert.Equal([DeviceAuditActions.TaskAsked, DeviceAuditActions.TaskSent, DeviceAuditActions.TaskEnded], actions);
    }

    [Fact]
    public async Task Reboot_DeviceNeverReturns_TimesOut()
    {
        _bench.Gdms.Quirks = _bench.Gdms.Quirks with { RebootTime = TimeSpan.FromHours(5) };
        var id = (await _bench.RebootAsync(One)).Value;
        await _bench.RunJobAsync(Round);

        await _bench.RunJobAsync(DeviceWatch.BackPatience);

        Assert.Equal((DeviceItemState.TimedOut, DeviceErrors.NotBack.Code), await OutcomeAsync(id));
    }

    [Fact]
    public async Task Reboot_NothingHappens_IsUnknownAndNotCalledDone()
    {
        _bench.Gdms.Quirks = _bench.Gdms.Quirks with { IgnoreTasks = true };
        var id = (await _bench.RebootAsync(One)).Value;
        await _bench.RunJobAsync(Round);
        Assert.Equal(DeviceTaskState.Following, (await _bench.TaskAsync(id)).Task.State);

        await _bench.RunJobAsync(DeviceWatch.AwayPatience);

        Assert.Equal((DeviceItemState.Unknown, DeviceErrors.NeverAway.Code), await OutcomeAsync(id));
    }

    [Fact]
    public async Task Reboot_OfflineDevice_IsNeverCalledDone()
    {
        _bench.Gdms.World.SetStatus(One, 0);
        var id = (await _bench.RebootAsync(One)).Value;
        await _bench.RunJobAsync(Round);
        Assert.Equal(DeviceItemState.Sent, (await _bench.TaskAsync(id)).Items[0].State);
        _bench.Gdms.World.SetStatus(One, 1);

        await _bench.RunJobAsync(Round);

        Assert.Equal((DeviceItemState.Unknown, DeviceErrors.CameOnline.Code), await OutcomeAsync(id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reboot_AnswerLost_IsSentOnceAndFollowedInDoubt(bool byBrokenConnection)
    {
        _bench.Gdms.Quirks = byBrokenConnection
            ? _bench.Gdms.Quirks with { LoseWriteAnswers = true }
            : _bench.Gdms.Quirks with { WriteErrorStatus = 502 };
        var id = (await _bench.RebootAsync(One)).Value;
        _bench.Gdms.Quirks = _bench.Gdms.Quirks with { LoseWriteAnswers = false, WriteErrorStatus = 0 };

        var sent = (await _bench.TaskAsync(id)).Task;
        Assert.True(sent.InDoubt);
        Assert.Equal(DeviceTaskState.Following, sent.State);
        await _bench.RunJobAsync(Round);
        await _bench.RunJobAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((DeviceItemState.Done, null), await OutcomeAsync(id));
        Assert.Equal(1, Sent);
    }

    [Fact]
    public async Task Reboot_Throttled_IsRefusedAndNotRepeated()
    {
        await _bench.OverviewAsync();
        await DeviceBench.UntilAsync(async () => (await _bench.OverviewAsync()).Refresh.AccountsLeft == 0);
        var due = _bench.Clock.GetUtcNow().UtcDateTime.AddMinutes(5);
        var id = (await _bench.AsAsync((_, tasks) => tasks.StartAsync(new DeviceTaskOrder { Kind = DeviceTaskKind.Reboot, Macs = [One], DueAtUtc = due }))).Value;
        _bench.Gdms.Quirks = _bench.Gdms.Quirks with { Throttle = true, RetryAfter = TimeSpan.FromMinutes(2) };

        await _bench.RunJobAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(DeviceTaskState.Scheduled, (await _bench.TaskAsync(id)).Task.State);
        _bench.Gdms.Quirks = _bench.Gdms.Quirks with { Throttle = false };
        await _bench.RunJobAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(1, Sent);
        Assert.Equal(DeviceTaskState.Following, (await _bench.TaskAsync(id)).Task.State);
    }

    [Fact]
    public async Task Reboot_CloudAwayWhileFollowing_ConcludesNothingFromSilence()
    {
        var id = (await _bench.RebootAsync(One)).Value;
        await _bench.RunJobAsync(Round);
        _bench.Gdms.Faults.RefuseConnections = true;
        await _bench.RunJobAsync(DeviceWatch.BackPatience);
        Assert.Equal(DeviceItemState.Away, (await _bench.TaskAsync(id)).Items[0].State);
        _bench.Gdms.Faults.RefuseConnections = false;

        await _bench.RunJobAsync(Round);

        Assert.Equal((DeviceItemState.Done, null), await OutcomeAsync(id));
    }

    [Fact]
    public async Task Scheduled_BeforeItsTime_IsNotSentAndCanBeCalledOff()
    {
        var due = _bench.Clock.GetUtcNow().UtcDateTime.AddHours(2);
        var order = new DeviceTaskOrder { Kind = DeviceTaskKind.Reboot, Macs = [One], DueAtUtc = due };
        var first = (await _bench.AsAsync((_, tasks) => tasks.StartAsync(order))).Value;
        var second = (await _bench.AsAsync((_, tasks) => tasks.StartAsync(order with { Macs = [Two] }))).Value;
        await _bench.RunJobAsync(TimeSpan.FromHours(1));
        Assert.Equal(0, Sent);

        Assert.True((await _bench.AsAsync((_, tasks) => tasks.CancelAsync(first))).Succeeded);
        await _bench.RunJobAsync(TimeSpan.FromHours(1));

        Assert.Equal(DeviceTaskState.Cancelled, (await _bench.TaskAsync(first)).Task.State);
        Assert.Equal(DeviceTaskState.Following, (await _bench.TaskAsync(second)).Task.State);
        Assert.Equal([Two], Assert.Single(_bench.Gdms.World.Tasks).Macs);
        Assert.Equal(DeviceErrors.TooLate, (await _bench.AsAsync((_, tasks) => tasks.CancelAsync(second))).Error);
    }

    [Fact]
    public async Task Sending_FoundAfterACrash_IsFollowedAndNotSentAgain()
    {
        var due = _bench.Clock.GetUtcNow().UtcDateTime.AddHours(1);
        var id = (await _bench.AsAsync((_, tasks) => tasks.StartAsync(new DeviceTaskOrder { Kind = DeviceTaskKind.Reboot, Macs = [One], DueAtUtc = due }))).Value;
        await using (var db = _bench.Database.As(_bench.Tenant).CreateDbContext())
        {
            (await db.Set<DeviceTask>().SingleAsync()).MarkSending(due);
            await db.SaveChangesAsync();
        }

        await _bench.RunJobAsync(TimeSpan.FromHours(1) + DeviceTask.SendingPatience + Round);

        var task = (await _bench.TaskAsync(id)).Task;
        Assert.Equal((DeviceTaskState.Following, true), (task.State, task.InDoubt));
        Assert.Equal(0, Sent);
    }

    [Fact]
    public async Task Send_TwoNodesAtOnce_SendsOnce()
    {
        var due = _bench.Clock.GetUtcNow().UtcDateTime.AddMinutes(1);
        await _bench.AsAsync((_, tasks) => tasks.StartAsync(new DeviceTaskOrder { Kind = DeviceTaskKind.Reboot, Macs = [One], DueAtUtc = due }));
        _bench.Clock.Advance(TimeSpan.FromMinutes(2));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _bench.RunJobAsync()));

        Assert.Equal(1, Sent);
    }

    [Fact]
    public async Task Preview_MixedDevices_SaysWhoIsLeftOutAndWhoIsAway()
    {
        _bench.Gdms.World.SetStatus(Two, 0);
        await _bench.RebootAsync(DeviceBench.Phone(3).Mac);

        var preview = (await _bench.AsAsync((_, tasks) => tasks.PreviewAsync(DeviceTaskKind.Reboot, [One, Two, DeviceBench.Phone(3).Mac, DeviceBench.PbxMac]))).Value;

        Assert.Equal([null, null, DeviceErrors.Busy.Code, DeviceErrors.IsPbx.Code], preview.Items.Select(item => item.Refusal?.Code));
        Assert.Equal([false, true], preview.Included.Select(item => item.IsOffline));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("AA:BB:CC:00:00:02", false)]
    [InlineData("aa-bb-cc-00-00-01", true)]
    public async Task FactoryReset_OneDevice_WantsItsAddressTyped(string typed, bool accepted)
    {
        var started = await _bench.AsAsync((_, tasks) => tasks.StartAsync(
            new DeviceTaskOrder { Kind = DeviceTaskKind.FactoryReset, Macs = [One], Confirmation = typed }));

        Assert.Equal(accepted ? null : DeviceErrors.NotConfirmed, started.Error);
        Assert.Equal(accepted ? [2] : Array.Empty<int>(), _bench.Gdms.World.Tasks.Select(task => task.Type));
    }

    [Theory]
    [InlineData("2", true)]
    [InlineData("3", false)]
    public async Task FactoryReset_Several_WantsTheirNumberTyped(string typed, bool accepted)
    {
        var started = await _bench.AsAsync((_, tasks) => tasks.StartAsync(
            new DeviceTaskOrder { Kind = DeviceTaskKind.FactoryReset, Macs = [One, Two], Confirmation = typed }));

        Assert.Equal(accepted, started.Succeeded);
    }

    [Theory]
    [InlineData("AABBCC0000C8")]
    [InlineData("FFFFFFFFFFFF")]
    public async Task Start_DeviceThatIsNotOurs_IsRefusedBeforeGdmsHearsOfIt(string mac)
    {
        Assert.Equal(DeviceErrors.NotFound, (await _bench.RebootAsync(One, mac)).Error);
        Assert.Equal(0, Sent);
    }

    [Fact]
    public async Task Start_ThePbx_IsRefused() => Assert.Equal(DeviceErrors.PreviewStale, (await _bench.RebootAsync(DeviceBench.PbxMac)).Error);

    [Fact]
    public async Task Start_TooOften_IsRefusedForTheTenantOnly()
    {
        var order = new DeviceTaskOrder { Kind = DeviceTaskKind.Reboot, Macs = [One], DueAtUtc = _bench.Clock.GetUtcNow().UtcDateTime.AddHours(1) };
        for (var i = 0; i < DeviceTask.MaxPerWindow; i++)
        {
            var id = await _bench.AsAsync((_, tasks) => tasks.StartAsync(order));
            await _bench.AsAsync((_, tasks) => tasks.CancelAsync(id.Value));
        }

        Assert.Equal(DeviceErrors.TooManyTasks, (await _bench.AsAsync((_, tasks) => tasks.StartAsync(order))).Error);
        _bench.Clock.Advance(DeviceTask.Window);
        Assert.True((await _bench.AsAsync((_, tasks) => tasks.StartAsync(order with { DueAtUtc = null }))).Succeeded);
    }

    [Fact]
    public async Task Add_MixedBatch_GivesEachItsOwnOutcome()
    {
        var devices = NewDevice.Parse("AABBCCDD0001;20FACT0001;New one\nAABBCCDD0002;20WRONG002\nAABBCC000001;20AAAAAA00000001");

        var id = (await _bench.AsAsync((_, tasks) => tasks.AddAsync(devices, 12))).Value;

        var task = await _bench.TaskAsync(id);
        Assert.Equal(DeviceTaskState.Ended, task.Task.State);
        Assert.Equal(
            [("AABBCC000001", DeviceItemState.Failed, DeviceErrors.AlreadyListed.Code), ("AABBCCDD0001", DeviceItemState.Done, null), ("AABBCCDD0002", DeviceItemState.Failed, GdmsErrors.SerialMismatch.Code)],
            task.Items.OrderBy(item => item.Mac).Select(item => (item.Mac, item.State, item.ErrorCode)));
        Assert.Equal(("New one", 12), (_bench.Gdms.World.FindDevice("AABBCCDD0001")!.Name, _bench.Gdms.World.FindDevice("AABBCCDD0001")!.SiteId));
        await using var db = _bench.Database.As(_bench.Tenant).CreateDbContext();
        Assert.DoesNotContain(await db.Set<AuditEntry>().ToListAsync(), entry => (entry.After + entry.Before).Contains("20FACT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Add_AnswerLost_FindsOutWhatGdmsHas()
    {
        _bench.Gdms.Quirks = _bench.Gdms.Quirks with { LoseWriteAnswers = true };
        var id = (await _bench.AsAsync((_, tasks) => tasks.AddAsync(NewDevice.Parse("AABBCCDD0001 20FACT0001\nAABBCCDD0002 20WRONG002"), 11))).Value;
        _bench.Gdms.Quirks = _bench.Gdms.Quirks with { LoseWriteAnswers = false };
        Assert.True((await _bench.TaskAsync(id)).Task.InDoubt);

        await _bench.RunJobAsync(DeviceWatch.AddPatience);

        Assert.Equal(
            [("AABBCCDD0001", DeviceItemState.Done), ("AABBCCDD0002", DeviceItemState.Failed)],
            (await _bench.TaskAsync(id)).Items.OrderBy(item => item.Mac).Select(item => (item.Mac, item.State)));
        Assert.Single(_bench.Gdms.Requests, request => request.Path.EndsWith("device/add", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Edit_NameAndSite_AreReadBackAndAudited()
    {
        await _bench.OverviewAsync();

        var edited = await _bench.AsAsync((_, tasks) => tasks.EditAsync(new DeviceEdit(One, " Front desk ", 12, "Phone 01", 11)));

        Assert.Null(edited.Error);
        Assert.Equal(("Front desk", 12L), (_bench.Gdms.World.FindDevice(One)!.Name, _bench.Gdms.World.FindDevice(One)!.SiteId));
        Assert.Equal([DeviceAuditActions.Edited], await ActionsAsync());
        Assert.Equal(DeviceErrors.Conflict, (await _bench.AsAsync((_, tasks) => tasks.EditAsync(new DeviceEdit(One, "X", 11, "Phone 01", 11)))).Error);
        Assert.Equal(DeviceErrors.NotFound, (await _bench.AsAsync((_, tasks) => tasks.EditAsync(new DeviceEdit("AABBCC0000C8", "X", 21, "Phone 200", 21)))).Error);
        Assert.Equal(DeviceErrors.SiteUnknown, (await _bench.AsAsync((_, tasks) => tasks.EditAsync(new DeviceEdit(Two, "X", 21, "Phone 02", 11)))).Error);
    }

    [Fact]
    public async Task Edit_AnswerLostButDone_IsSuccess()
    {
        await _bench.OverviewAsync();
        _bench.Gdms.Quirks = _bench.Gdms.Quirks with { LoseWriteAnswers = true };

        Assert.Null((await _bench.AsAsync((_, tasks) => tasks.EditAsync(new DeviceEdit(One, "Front desk", 11, "Phone 01", 11)))).Error);
        Assert.Single(_bench.Gdms.Requests, request => request.Path.EndsWith("device/edit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Job_TwoTenants_EachFollowsItsOwn()
    {
        var other = await _bench.Database.AddTenantAsync("two");
        await _bench.ConnectAsync(other, 2);
        var mine = (await _bench.RebootAsync(One)).Value;
        var theirs = (await _bench.AsAsync(
            (_, tasks) => tasks.StartAsync(new DeviceTaskOrder { Kind = DeviceTaskKind.Reboot, Macs = ["AABBCC0000C8"] }), tenant: other)).Value;

        await _bench.RunJobAsync(Round);
        await _bench.RunJobAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((DeviceItemState.Done, null), await OutcomeAsync(mine));
        Assert.Equal(DeviceErrors.TaskNotFound, (await _bench.AsAsync((_, tasks) => tasks.GetAsync(theirs))).Error);
        Assert.Equal(DeviceErrors.TaskNotFound, (await _bench.AsAsync((_, tasks) => tasks.CancelAsync(theirs))).Error);
        Assert.Equal(DeviceTaskState.Ended, (await _bench.AsAsync((_, tasks) => tasks.GetAsync(theirs), tenant: other)).Value.Task.State);
        Assert.Single((await _bench.AsAsync((_, tasks) => tasks.ListAsync())).Value);
    }

    private async Task<(DeviceItemState State, string? Code)> OutcomeAsync(Guid id)
    {
        var item = Assert.Single((await _bench.TaskAsync(id)).Items);
        return (item.State, item.ErrorCode);
    }

    private async Task<IReadOnlyList<string>> ActionsAsync()
    {
        await using var db = _bench.Database.As(_bench.Tenant).CreateDbContext();
        return await db.Set<AuditEntry>().Where(entry => entry.Action.StartsWith("devices.")).OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync();
    }
}
