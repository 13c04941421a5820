using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Infrastructure.Calls.Import;

/// <summary>What a UCM writes in columns of its own, Asterisk writes into the channels' names. Pure.</summary>
internal static class AsteriskDevices
{
    // An extension's device is a number; a trunk has a name.
    private const int LongestExtension = 10;

    public static void Add(Dictionary<string, string> fields)
    {
        var from = DeviceOf(fields.GetValueOrDefault("channel", ""));
        var to = DeviceOf(fields.GetValueOrDefault("dstchannel", ""));
        Put(fields, from, "channel_ext", "src_trunk_name");
        Put(fields, to, "dstchannel_ext", "dst_trunk_name");
        if (to.Length > 0 && UcmWords.Disposition(fields.GetValueOrDefault("disposition", ""), null) == Core.Telephony.LegDisposition.Answered)
        {
            fields["dstanswer"] = IsExtension(to) ? to : fields.GetValueOrDefault("dst", "");
        }

        // Free text in Asterisk; only a word of direction is one.
        if (UcmWords.Direction(fields.GetValueOrDefault("userfield", "")) is null)
        {
            fields.Remove("userfield");
        }
    }

    /// <summary><c>2001</c> of <c>PJSIP/2001-0000001f</c> and of <c>Local/2001@internal-00000002;1</c>.</summary>
    internal static string DeviceOf(string channel)
    {
        var slash = channel.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? "" : channel[(slash + 1)..];
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            return name[..at];
        }

        var dash = name.LastIndexOf('-');
        return dash < 0 ? name : name[..dash];
    }

    private static void Put(Dictionary<string, string> fields, string device, string extension, string trunk)
    {
        if (device.Length > 0)
        {
            fields[IsExtension(device) ? extension : trunk] = device;
        }
    }

    private static bool IsExtension(string device) => device.Length <= LongestExtension && device.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}
