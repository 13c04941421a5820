using System.Globalization;
using System.Text.RegularExpressions;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>The PBX's clock as <c>getSystemStatus</c> shows it.</summary>
/// <param name="Local">Its wall clock.</param>
/// <param name="Offset">Its offset to UTC; null when the firmware leaves it out.</param>
/// <param name="Skew">Its UTC less ours; positive is fast. Null without an offset.</param>
internal sealed record UcmClockReading(DateTime Local, TimeSpan? Offset, TimeSpan? Skew);

/// <summary>Content of <c>getSystemStatus</c>; parts that cannot be read are null or empty.</summary>
internal sealed record UcmSystemStatus(UcmClockReading? Clock, TimeSpan? UpTime, string SerialNumber, string PartNumber, string Mac);

/// <summary>Content of <c>getSystemGeneralStatus</c>; empty where the firmware says nothing.</summary>
internal sealed record UcmGeneralStatus(string Model, string HardwareRevision, string Version);

/// <summary>Reads the system actions' answers. Pure.</summary>
internal static partial class UcmSystem
{
    public static UcmSystemStatus ReadStatus(UcmReply reply, DateTimeOffset now) => new(
        ReadClock(reply.Response.Text("system-time"), now),
        ReadUpTime(reply.Response.Text("up-time")),
        reply.Response.Text("serial-number"),
        reply.Response.Text("part-number"),
        reply.Response.Text("mac"));

    /// <summary>"UCM6301  V1.3A" is model, spaces, hardware revision.</summary>
    public static UcmGeneralStatus ReadGeneral(UcmReply reply)
    {
        var words = reply.Response.Text("product-model").Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var version = reply.Response.Text("prog-version");
        return new UcmGeneralStatus(
            words.ElementAtOrDefault(0) ?? "",
            words.ElementAtOrDefault(1) ?? "",
            version.Length > 0 ? version : reply.Response.Text("base-version"));
    }

    /// <summary>
    /// Reads <c>23-11-2022 14:37:26 UTC+00:00</c> and its other date orders. The order follows a setting of the UCM that nobody
    /// tells us, so of the readings that are dates the one nearest to our own clock is taken.
    /// </summary>
    internal static UcmClockReading? ReadClock(string text, DateTimeOffset now)
    {
        var match = ClockPattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        TimeSpan? offset = null;
        if (match.Groups["sign"].Success)
        {
            var size = new TimeSpan(Number(match, "oh"), match.Groups["om"].Success ? Number(match, "om") : 0, 0);
            offset = match.Groups["sign"].Value == "-" ? -size : size;
            if (size > TimeSpan.FromHours(15))
            {
                return null;
            }
        }
        else if (match.Groups["zulu"].Success)
        {
            offset = TimeSpan.Zero;
        }

        var (a, b, c) = (Number(match, "a"), Number(match, "b"), Number(match, "c"));
        (int Year, int Month, int Day)[] orders = match.Groups["a"].Length == 4 ? [(a, b, c), (a, c, b)] : [(c, b, a), (c, a, b)];
        var ours = now.UtcDateTime + (offset ?? TimeSpan.Zero);
        DateTime? best = null;
        foreach (var (year, month, day) in orders)
        {
            if (year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
                && Number(match, "h") < 24 && Number(match, "m") < 60 && Number(match, "s") < 60)
            {
                var reading = new DateTime(year, month, day, Number(match, "h"), Number(match, "m"), Number(match, "s"), DateTimeKind.Unspecified);
                if (best is null || (reading - ours).Duration() < (best.Value - ours).Duration())
                {
                    best = reading;
                }
            }
        }

        return best is { } local ? new UcmClockReading(local, offset, offset is null ? null : local - ours) : null;
    }

    /// <summary>Reads <c>00:42:53</c>, <c>2 03:04:05</c> and <c>3 days 01:02:03</c>.</summary>
    internal static TimeSpan? ReadUpTime(string text)
    {
        var match = UpTimePattern().Match(text);
        return match.Success
            ? new TimeSpan(match.Groups["d"].Success ? Number(match, "d") : 0, Number(match, "h"), Number(match, "m"), Number(match, "s"))
            : null;
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^\s*(?<a>[0-9]{1,4})[-/.](?<b>[0-9]{1,2})[-/.](?<c>[0-9]{1,4})[ T]+(?<h>[0-9]{1,2}):(?<m>[0-9]{2}):(?<s>[0-9]{2})"
        + @"\s*(?:(?:UTC|GMT)?\s*(?<sign>[+-])(?<oh>[0-9]{1,2}):?(?<om>[0-9]{2})?|(?<zulu>UTC|GMT|Z))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ClockPattern();

    [GeneratedRegex(
        @"^\s*(?:(?<d>[0-9]{1,5})(?:\s+days?\s*,?|\s|d)\s*)?(?<h>[0-9]{1,3}):(?<m>[0-9]{1,2}):(?<s>[0-9]{1,2})\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UpTimePattern();
}
