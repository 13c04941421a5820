using System.Globalization;
using System.Text.RegularExpressions;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Times as CDRs write them. Pure.</summary>
internal static partial class UcmWallTime
{
    private const string Usual = "yyyy-MM-dd HH:mm:ss";

    // What lies outside is a clock that was never set, or no time at all.
    private const int FirstYear = 1990;
    private const int LastYear = 2199;
    private const long LastEpoch = 7_258_118_399;

    /// <summary>
    /// The wall-clock time, and the instant where the text names one (an offset, or epoch seconds). Both null for empty,
    /// all-zero and unreadable text. Where day and month could be either, the reading nearest to the hint is taken.
    /// </summary>
    public static (DateTime? Local, DateTime? Utc) Read(string text, long? hintEpoch = null)
    {
        if (text.Length == 0)
        {
            return default;
        }

        if (DateTime.TryParseExact(text, Usual, CultureInfo.InvariantCulture, DateTimeStyles.None, out var usual))
        {
            return usual.Year is < FirstYear or > LastYear ? default : (usual, null);
        }

        if (text.Length is 10 or 13 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
        {
            epoch = text.Length == 13 ? epoch / 1000 : epoch;
            return epoch is > 0 and <= LastEpoch ? (null, DateTime.UnixEpoch.AddSeconds(epoch)) : default;
        }

        var match = Pattern().Match(text);
        if (!match.Success || Nearest(match, hintEpoch) is not { } local)
        {
            return default;
        }

        if (match.Groups["zulu"].Success)
        {
            return (local, DateTime.SpecifyKind(local, DateTimeKind.Utc));
        }

        if (!match.Groups["sign"].Success)
        {
            return (local, null);
        }

        var offset = new TimeSpan(Number(match, "oh"), match.Groups["om"].Success ? Number(match, "om") : 0, 0);
        return (local, DateTime.SpecifyKind(match.Groups["sign"].Value == "-" ? local + offset : local - offset, DateTimeKind.Utc));
    }

    private static DateTime? Nearest(Match match, long? hintEpoch)
    {
        var (a, b, c) = (Number(match, "a"), Number(match, "b"), Number(match, "c"));
        (int Year, int Month, int Day)[] orders = match.Groups["a"].Length == 4 ? [(a, b, c)] : [(c, b, a), (c, a, b)];
        var hour = Number(match, "h");
        if (match.Groups["half"].Success)
        {
            hour = (hour % 12) + (match.Groups["half"].Value is "P" or "p" ? 12 : 0);
        }

        DateTime? best = null;
        foreach (var (year, month, day) in orders)
        {
            var second = match.Groups["s"].Success ? Number(match, "s") : 0;
            if (year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
                || hour > 23 || Number(match, "m") > 59 || second > 59)
            {
                continue;
            }

            var time = new DateTime(year, month, day, hour, Number(match, "m"), second, DateTimeKind.Unspecified);
            if (best is null || (hintEpoch is { } hint && Distance(time, hint) < Distance(best.Value, hint)))
            {
                best = time;
            }
        }

        return best;
    }

    private static TimeSpan Distance(DateTime time, long epoch) => (time - DateTime.UnixEpoch - TimeSpan.FromSeconds(epoch)).Duration();

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<a>[0-9]{1,4})[-/.](?<b>[0-9]{1,2})[-/.](?<c>[0-9]{1,4})[ T]+(?<h>[0-9]{1,2}):(?<m>[0-9]{2})(?::(?<s>[0-9]{2})(?:[.,][0-9]+)?)?"
        + @"(?:\s*(?<half>[AP])M)?\s*(?:(?:UTC|GMT)?\s*(?<sign>[+-])(?<oh>[0-9]{1,2}):?(?<om>[0-9]{2})?|(?<zulu>Z|UTC|GMT))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
