using System.Globalization;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Telephony.Gdms;

/// <summary>
/// The one place that reads times of GDMS. It writes them without a zone (<c>2026-02-10 09:00:00</c>) and no source says which
/// zone they are in, so a setting does; milliseconds since 1970 are taken too.
/// </summary>
internal sealed class GdmsTimes(IOptions<GdmsOptions> options)
{
    private static readonly string[] Formats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy/MM/dd HH:mm:ss"];
    private static readonly DateTime Latest = new(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>UTC; null when the text is no time.</summary>
    public DateTime? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return milliseconds > 1_000_000_000_000 && milliseconds < new DateTimeOffset(Latest).ToUnixTimeMilliseconds()
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime
                : null;
        }

        if (!DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year is < 2000 or >= 2200)
        {
            return null;
        }

        // In the hour that a clock change skips there is no such time; one hour later there is.
        return TimeZoneInfo.ConvertTimeToUtc(_zone.IsInvalidTime(local) ? local.AddHours(1) : local, _zone);
    }
}
