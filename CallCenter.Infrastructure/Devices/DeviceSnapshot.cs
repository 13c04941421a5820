using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony.Gdms;

namespace CallCenter.Infrastructure.Devices;

/// <summary>What was last read of a tenant's devices.</summary>
/// <param name="Devices">By MAC address.</param>
/// <param name="Sites">Of the organisation; empty when they cannot be read.</param>
/// <param name="Organizations">Of the account; empty when they cannot be read.</param>
/// <param name="ReadAtUtc">When the devices were read.</param>
/// <param name="IsComplete">Nothing was missing then.</param>
/// <param name="Seen">MAC addresses of the last reading; the others are as they were in an earlier one.</param>
internal sealed record DeviceSnapshot(
    IReadOnlyDictionary<string, GdmsDevice> Devices,
    IReadOnlyList<GdmsSite> Sites,
    IReadOnlyList<GdmsOrganization> Organizations,
    DateTime ReadAtUtc,
    bool IsComplete,
    IReadOnlySet<string> Seen)
{
    /// <summary>Lays a reading over what was known. Only a whole reading takes devices away.</summary>
    public static IReadOnlyDictionary<string, GdmsDevice> Merge(DeviceSnapshot? known, GdmsDeviceReading reading)
    {
        var devices = reading.IsWhole || known is null
            ? new Dictionary<string, GdmsDevice>(StringComparer.Ordinal)
            : new Dictionary<string, GdmsDevice>(known.Devices, StringComparer.Ordinal);
        foreach (var device in reading.Devices)
        {
            devices[device.Mac] = device;
        }

        return devices;
    }
}

/// <summary>Accounts of a device and when they were read.</summary>
internal sealed record DeviceAccounts(GdmsAccountState State, DateTime ReadAtUtc);

/// <summary>Everything kept for a tenant, as it is at one moment.</summary>
internal sealed record DeviceView(
    DeviceSnapshot? Snapshot,
    IReadOnlyDictionary<string, DeviceAccounts> Accounts,
    bool IsRunning,
    DateTime? WaitingUntilUtc,
    Error? Error,
    DateTime? FailedAtUtc);
