using System.Globalization;
using System.Text.RegularExpressions;

namespace CallCenter.Simulators.Ucm.Cdr;

/// <summary>
/// Times as cdrapi takes them: <c>YYYY-MM-DDTHH:MM[:SS[.SSS]]</c> with an optional offset, a date, a time of today,
/// <c>now</c>, or seconds since 1970. The result is PBX wall clock, because that is what the rows hold.
/// </summary>
internal static partial class CdrTime
{
    public static bool TryParse(string text, bool isEnd, bool spaceAllowed, TimeZoneInfo zone, DateTimeOffset now, out DateTime local)
    {
        local = default;
        var localNow = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        if (text == "now")
        {
            local = localNow;
            return true;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) && epoch < 253_402_300_800)
        {
            local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(epoch), zone).DateTime;
            return true;
        }

        var match = Pattern().Match(text);
        return match.Success && (spaceAllowed || match.Groups["sep"].Value != " ") && TryBuild(match, isEnd, zone, localNow, out local);
    }

    private static bool TryBuild(Match match, bool isEnd, TimeZoneInfo zone, DateTime localNow, out DateTime local)
    {
        local = default;
        var day = localNow.Date;
        if (match.Groups["date"] is { Success: true } date
            && !DateTime.TryParseExact(date.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            return false;
        }

        if (match.Groups["time"] is not { Success: true } time)
        {
            // Both ends are inclusive, so a bare date as the end means that whole day.
            local = isEnd ? day.AddDays(1).AddTicks(-1) : day;
            return match.Groups["date"].Success;
        }

        if (!TimeSpan.TryParseExact(time.Value, ["hh\\:mm", "hh\\:mm\\:ss", "hh\\:mm\\:ss\\.fff"], CultureInfo.InvariantCulture, out var clock))
        {
            return false;
        }

        local = day + clock;
        if (match.Groups["offset"] is { Success: true } offset)
        {
            var sign = offset.Value[0] == '-' ? -1 : 1;
            var ahead = TimeSpan.ParseExact(offset.Value[1..], "hh\\:mm", CultureInfo.InvariantCulture) * sign;
            if (ahead.Duration() > TimeSpan.FromHours(14))
            {
                return false;
            }

            local = TimeZoneInfo.ConvertTime(new DateTimeOffset(local, ahead), zone).DateTime;
        }

        return true;
    }

    [GeneratedRegex(@"^(?<date>\d{4}-\d\d-\d\d)?(?<sep>[T ])?((?<time>([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{3})?)?)(?<offset>[+-][01]\d:[0-5]\d)?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
