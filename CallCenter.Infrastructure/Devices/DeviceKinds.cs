using CallCenter.Core.Telephony.Gdms;

namespace CallCenter.Infrastructure.Devices;

internal static class DeviceKinds
{
    /// <summary>The tenant's PBX, or any other UCM: GDMS lists them beside the phones.</summary>
    public static bool IsPbx(GdmsDevice device, string pbxMac) =>
        device.Mac == pbxMac || device.Model.Contains("UCM", StringComparison.OrdinalIgnoreCase);
}
