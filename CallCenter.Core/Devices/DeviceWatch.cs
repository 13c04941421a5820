using CallCenter.Core.Telephony.Gdms;

namespace CallCenter.Core.Devices;

/// <summary>What a reading of GDMS says about a device whose task was sent. Pure.</summary>
public static class DeviceWatch
{
    /// <summary>How long a device that is online is watched for going offline; GDMS's picture may lag by minutes.</summary>
    public static readonly TimeSpan AwayPatience = TimeSpan.FromMinutes(10);

    /// <summary>How long after the sending a device may stay away.</summary>
    public static readonly TimeSpan BackPatience = TimeSpan.FromMinutes(20);

    /// <summary>When a batch whose answer was lost counts as not carried out.</summary>
    public static readonly TimeSpan AddPatience = TimeSpan.FromMinutes(3);

    /// <summary>Moves the item on. True when something changed that people see.</summary>
    /// <param name="kind">What the task does.</param>
    /// <param name="item">Of a task that was sent.</param>
    /// <param name="sentAtUtc">When, by this portal's clock.</param>
    /// <param name="device">As GDMS lists it now; null when the list lacks it.</param>
    /// <param name="complete">The whole list was read, so that a lack means something.</param>
    /// <param name="nowUtc">Time of the reading.</param>
    public static bool Observe(DeviceTaskKind kind, DeviceTaskItem item, DateTime sentAtUtc, GdmsDevice? device, bool complete, DateTime nowUtc)
    {
        if (item.IsEnded || (device is null && !complete))
        {
            return false;
        }

        item.MarkRead(nowUtc);
        var passed = nowUtc - sentAtUtc;
        return kind == DeviceTaskKind.Add ? ObserveAdded(item, device, passed, nowUtc) : ObserveRestart(item, device, passed, nowUtc);
    }

    private static bool ObserveAdded(DeviceTaskItem item, GdmsDevice? device, TimeSpan passed, DateTime nowUtc)
    {
        if (device is not null)
        {
            return End(item, DeviceItemState.Done, null, nowUtc);
        }

        return passed >= AddPatience && End(item, DeviceItemState.Failed, DeviceErrors.NotAdded.Code, nowUtc);
    }

    private static bool ObserveRestart(DeviceTaskItem item, GdmsDevice? device, TimeSpan passed, DateTime nowUtc)
    {
        if (device is null)
        {
            return End(item, DeviceItemState.Unknown, DeviceErrors.Gone.Code, nowUtc);
        }

        return (item.State, item.StatusBefore, device.Status) switch
        {
            (_, _, GdmsDeviceStatus.Unknown) => passed >= BackPatience && End(item, DeviceItemState.Unknown, DeviceErrors.NeverAway.Code, nowUtc),
            (DeviceItemState.Away, _, GdmsDeviceStatus.Offline) => passed >= BackPatience && End(item, DeviceItemState.TimedOut, DeviceErrors.NotBack.Code, nowUtc),
            (DeviceItemState.Away, _, _) => End(item, DeviceItemState.Done, null, nowUtc),
            (_, GdmsDeviceStatus.Offline, GdmsDeviceStatus.Offline) => ObserveStillOffline(item, device, passed, nowUtc),
            (_, GdmsDeviceStatus.Offline, _) => End(item, DeviceItemState.Unknown, DeviceErrors.CameOnline.Code, nowUtc),
            (_, _, GdmsDeviceStatus.Offline) => GoAway(item, nowUtc),
            _ => passed >= AwayPatience && End(item, DeviceItemState.Unknown, DeviceErrors.NeverAway.Code, nowUtc),
        };
    }

    // GDMS's times are compared with each other only: their zone is not documented.
    private static bool ObserveStillOffline(DeviceTaskItem item, GdmsDevice device, TimeSpan passed, DateTime nowUtc)
    {
        if (device.LastSeenUtc > item.LastSeenBeforeUtc)
        {
            return End(item, DeviceItemState.Unknown, DeviceErrors.CameOnline.Code, nowUtc);
        }

        return passed >= BackPatience && End(item, DeviceItemState.TimedOut, DeviceErrors.StayedOffline.Code, nowUtc);
    }

    private static bool GoAway(DeviceTaskItem item, DateTime nowUtc)
    {
        item.MarkAway(nowUtc);
        return true;
    }

    private static bool End(DeviceTaskItem item, DeviceItemState state, string? errorCode, DateTime nowUtc)
    {
        item.End(state, errorCode, nowUtc);
        return true;
    }
}
