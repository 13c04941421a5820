using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony.Gdms;

namespace CallCenter.Core.Devices;

/// <summary>A device to be put into GDMS.</summary>
/// <param name="Line">Line of the text it came from, from 1.</param>
/// <param name="Mac">Twelve upper-case hex digits; what was typed when it is no MAC address.</param>
/// <param name="SerialNumber">From the device's label. With the MAC address it proves ownership, so it is not stored or logged.</param>
/// <param name="Name">Name in GDMS; may be empty.</param>
public sealed record NewDevice(int Line, string Mac, string SerialNumber, string Name)
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameMaxLength = 64;

    private static readonly char[] Separators = [',', ';', '\t', '،', '؛'];

    /// <summary>
    /// Reads one device per line: MAC address, serial number and, if wanted, a name, parted by commas, semicolons, tabs or
    /// spaces. Empty lines and lines that begin with # count for nothing.
    /// </summary>
    public static IReadOnlyList<NewDevice> Parse(string text)
    {
        var devices = new List<NewDevice>();
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                devices.Add(ParseLine(number, line));
            }
        }

        return devices;
    }

    /// <summary>What is wrong with each; a device without an entry is right.</summary>
    public static IReadOnlyDictionary<int, Error> Check(IReadOnlyList<NewDevice> devices)
    {
        var wrong = new Dictionary<int, Error>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var device in devices)
        {
            if (MacText.Normalize(device.Mac) is null)
            {
                wrong[device.Line] = DeviceErrors.MacFormat;
            }
            else if (device.SerialNumber.Length is < 6 or > 32 || !device.SerialNumber.All(char.IsAsciiLetterOrDigit))
            {
                wrong[device.Line] = DeviceErrors.SerialFormat;
            }
            else if (device.Name.Length > NameMaxLength || device.Name.Any(char.IsControl))
            {
                wrong[device.Line] = DeviceErrors.NameFormat;
            }
            else if (!seen.Add(device.Mac))
            {
                wrong[device.Line] = DeviceErrors.Duplicate;
            }
        }

        return wrong;
    }

    /// <summary>The MAC address only; the serial number stays out of logs.</summary>
    public override string ToString() => Mac;

    private static NewDevice ParseLine(int number, string line)
    {
        var parts = line.IndexOfAny(Separators) >= 0
            ? line.Split(Separators, 3, StringSplitOptions.TrimEntries)
            : line.Split(' ', 3, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var mac = parts[0];
        return new NewDevice(
            number,
            MacText.Normalize(mac) ?? mac,
            parts.Length > 1 ? parts[1].ToUpperInvariant() : "",
            parts.Length > 2 ? parts[2].Trim(Separators).Trim() : "");
    }
}
