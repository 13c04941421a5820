using CallCenter.Core.Devices;
using CallCenter.Core.Telephony.Gdms;

namespace CallCenter.Tests.Devices;

public sealed class DeviceWatchTests
{
    private static readonly DateTime Sent = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Observe_ListWithAGap_ConcludesNothing()
    {
        var item = Item(GdmsDeviceStatus.Online);

        Assert.False(See(item, null, minutes: 60, complete: false));
        Assert.Equal(DeviceItemState.Sent, item.State);
    }

    [Fact]
    public void Observe_GoneFromTheWholeList_IsUnknown()
    {
        var item = Item(GdmsDeviceStatus.Online);

        Assert.True(See(item, null, minutes: 1));
        Assert.Equal((DeviceItemState.Unknown, DeviceErrors.Gone.Code), (item.State, item.ErrorCode));
    }

    [Theory]
    [InlineData(GdmsDeviceStatus.Online)]
    [InlineData(GdmsDeviceStatus.Abnormal)]
    public void Observe_AwayAndBack_IsDone(GdmsDeviceStatus back)
    {
        var item = Item(GdmsDeviceStatus.Online);

        Assert.True(See(item, GdmsDeviceStatus.Offline, minutes: 1));
        Assert.False(See(item, GdmsDeviceStatus.Offline, minutes: 2));
        Assert.True(See(item, back, minutes: 3));

        Assert.Equal((DeviceItemState.Done, Sent.AddMinutes(1), Sent.AddMinutes(3)), (item.State, item.AwayAtUtc, item.EndedAtUtc));
    }

    [Fact]
    public void Observe_StillOfflineButHeardFromSince_IsUnknown()
    {
        var item = Item(GdmsDeviceStatus.Offline, Sent.AddDays(-1));

        Assert.False(See(item, GdmsDeviceStatus.Offline, minutes: 1, lastSeen: Sent.AddDays(-1)));
        Assert.True(See(item, GdmsDeviceStatus.Offline, minutes: 2, lastSeen: Sent.AddDays(-1).AddSeconds(1)));

        Assert.Equal(DeviceErrors.CameOnline.Code, item.ErrorCode);
    }

    [Fact]
    public void Observe_LastSeenOfAnotherZone_ProvesNothing()
    {
        // Eight hours ahead, as if GDMS wrote another zone's time: only that it does not move counts.
        var item = Item(GdmsDeviceStatus.Offline, Sent.AddHours(8));

        Assert.False(See(item, GdmsDeviceStatus.Offline, minutes: 1, lastSeen: Sent.AddHours(8)));
    }

    [Fact]
    public void Observe_EndedItem_StaysAsItIs()
    {
        var item = Item(GdmsDeviceStatus.Online);
        item.End(DeviceItemState.Failed, "x.y", Sent);

        Assert.False(See(item, GdmsDeviceStatus.Offline, minutes: 1));
        Assert.Equal(DeviceItemState.Failed, item.State);
    }

    [Fact]
    public void Observe_AnyReadings_EndOnceAndWithinThePatience()
    {
        var random = new Random(17);
        for (var run = 0; run < 2_000; run++)
        {
            var item = Item((GdmsDeviceStatus)random.Next(4), random.Next(2) == 0 ? null : Sent.AddHours(random.Next(-9, 9)));
            DeviceItemState? ended = null;
            for (var minute = 0; minute <= DeviceWatch.BackPatience.TotalMinutes; minute++)
            {
                See(item, (GdmsDeviceStatus)random.Next(4), minute, lastSeen: random.Next(2) == 0 ? null : Sent.AddHours(random.Next(-9, 9)));
                Assert.True(ended is null || ended == item.State);
                ended ??= item.IsEnded ? item.State : null;
                Assert.True(item.State != DeviceItemState.Done || item.AwayAtUtc is not null);
            }

            Assert.True(item.IsEnded);
        }
    }

    private static bool See(DeviceTaskItem item, GdmsDeviceStatus? status, int minutes, bool complete = true, DateTime? lastSeen = null) => DeviceWatch.Observe(
        DeviceTaskKind.Reboot, item, Sent, status is { } seen ? Device(seen, lastSeen) : null, complete, Sent.AddMinutes(minutes));

    private static DeviceTaskItem Item(GdmsDeviceStatus before, DateTime? lastSeen = null)
    {
        var item = DeviceTaskItem.For(Device(before, lastSeen));
        var task = DeviceTask.Create(DeviceTaskKind.Reboot, null, "Ada", null, Sent, [item]);
        task.MarkSending(Sent);
        task.MarkSent("1", inDoubt: false);
        return item;
    }

    private static GdmsDevice Device(GdmsDeviceStatus status, DateTime? lastSeen) =>
        new("AABBCC000001", null, "Phone", "GRP2615", status, null, null, null, null) { LastSeenUtc = lastSeen };
}
