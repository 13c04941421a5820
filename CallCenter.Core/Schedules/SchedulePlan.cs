namespace CallCenter.Core.Schedules;

/// <summary>When a schedule is due, by the clock on the tenant's wall.</summary>
/// <param name="Rhythm">How often.</param>
/// <param name="Weekday">Day of weekly ones.</param>
/// <param name="MonthDay">Day of monthly ones, 1 to 31; the month's last where it has fewer.</param>
/// <param name="Time">Time of day.</param>
public sealed record SchedulePlan(ScheduleRhythm Rhythm, DayOfWeek Weekday, int MonthDay, TimeOnly Time)
{
    /// <summary>
    /// The first time after <paramref name="afterUtc"/>, UTC. Where the clocks skip the time, it is due when they have moved; where it comes twice,
    /// at the first. So there is one on each day that the rhythm names.
    /// </summary>
    public DateTime NextAfter(DateTime afterUtc, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(afterUtc, zone)).AddDays(-1);
        while (true)
        {
            if (IsOn(day) && DueUtc(day, zone) is var due && due > afterUtc)
            {
                return due;
            }

            day = day.AddDays(1);
        }
    }

    /// <summary>Of a time that was due and all after it until <paramref name="nowUtc"/>: the last, and how many there were before it.</summary>
    /// <param name="firstUtc">The time that was due.</param>
    /// <param name="nowUtc">Now; not before it.</param>
    /// <param name="zone">The tenant's.</param>
    public (DateTime Due, int Missed) LastUntil(DateTime firstUtc, DateTime nowUtc, TimeZoneInfo zone)
    {
        var (due, missed) = (firstUtc, 0);
        for (var next = NextAfter(due, zone); next <= nowUtc; next = NextAfter(due, zone))
        {
            (due, missed) = (next, missed + 1);
        }

        return (due, missed);
    }

    private bool IsOn(DateOnly day) => Rhythm switch
    {
        ScheduleRhythm.Weekly => day.DayOfWeek == Weekday,
        ScheduleRhythm.Monthly => day.Day == Math.Min(MonthDay, DateTime.DaysInMonth(day.Year, day.Month)),
        _ => true,
    };

    // By going there and back: TimeZoneInfo.IsInvalidTime is wrong where winter is the exception and summer the rule, as in Dublin.
    private DateTime DueUtc(DateOnly day, TimeZoneInfo zone)
    {
        for (var local = day.ToDateTime(Time); ; local = local.AddMinutes(1))
        {
            var around = DateTime.SpecifyKind(local, DateTimeKind.Utc);
            DateTime[] candidates = [around - zone.GetUtcOffset(around.AddDays(-1)), around - zone.GetUtcOffset(around.AddDays(1))];
            foreach (var utc in candidates.Order())
            {
                if (TimeZoneInfo.ConvertTimeFromUtc(utc, zone) == local)
                {
                    return utc;
                }
            }
        }
    }
}
