using CallCenter.Core.Primitives;

namespace CallCenter.Infrastructure.Figures;

/// <summary>
/// Quarters of an hour, counted in UTC, and days of a zone. Every offset in use today is a multiple of fifteen minutes, so a quarter
/// lies in one hour and one day of any zone.
/// </summary>
internal sealed class FigureTime(TimeZoneInfo zone)
{
    private readonly Dictionary<int, int> _days = [];

    public TimeZoneInfo Zone => zone;

    public static int QuarterOf(DateTime utc) => (int)((utc.Ticks - DateTime.UnixEpoch.Ticks) / (TimeSpan.TicksPerMinute * 15));

    public static DateTime StartOf(int quarter) => DateTime.UnixEpoch.AddMinutes(quarter * 15d);

    /// <summary>The first quarter that begins at or after the moment.</summary>
    public static int FirstFrom(DateTime utc) => QuarterOf(utc.AddTicks((TimeSpan.TicksPerMinute * 15) - 1));

    public int DayOf(int quarter)
    {
        if (!_days.TryGetValue(quarter, out var day))
        {
            _days[quarter] = day = LocalDay.Of(StartOf(quarter), zone).DayNumber;
        }

        return day;
    }

    /// <summary>The quarters of a day, the end not included.</summary>
    public (int First, int End) QuartersOf(DateOnly day) => (FirstFrom(LocalDay.StartUtc(day, zone)), FirstFrom(LocalDay.EndUtc(day, zone)));
}
