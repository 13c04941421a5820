using CallCenter.Core.Primitives;

namespace CallCenter.Core.Calls;

/// <summary>Days counted from today, in the tenant's zone, so that a saved view moves along.</summary>
public enum CallRange
{
    /// <summary>Today.</summary>
    Today = 1,

    /// <summary>The day before today.</summary>
    Yesterday = 2,

    /// <summary>This week, from the first weekday of the tenant's country.</summary>
    ThisWeek = 3,

    /// <summary>The whole week before this one.</summary>
    LastWeek = 4,

    /// <summary>Today and the six days before.</summary>
    Last7Days = 5,

    /// <summary>Today and the 29 days before.</summary>
    Last30Days = 6,

    /// <summary>This calendar month.</summary>
    ThisMonth = 7,

    /// <summary>The whole calendar month before this one.</summary>
    LastMonth = 8,

    /// <summary>This calendar quarter.</summary>
    ThisQuarter = 9,

    /// <summary>The whole calendar quarter before this one.</summary>
    LastQuarter = 10,

    /// <summary>This calendar year.</summary>
    ThisYear = 11,

    /// <summary>The whole calendar year before this one.</summary>
    LastYear = 12,
}

/// <summary>The days of a <see cref="CallRange"/>.</summary>
public static class CallRanges
{
    /// <summary>First and last day, both included; ranges under way end with their last day, not with today, so that they read as named.</summary>
    /// <param name="range">Which.</param>
    /// <param name="today">Today in the tenant's zone.</param>
    /// <param name="firstWeekday">With which day weeks begin, see <see cref="Weekdays"/>.</param>
    public static (DateOnly From, DateOnly To) DaysOf(CallRange range, DateOnly today, DayOfWeek firstWeekday)
    {
        var week = Weekdays.StartOfWeek(today, firstWeekday);
        var month = new DateOnly(today.Year, today.Month, 1);
        var quarter = new DateOnly(today.Year, today.Month - ((today.Month - 1) % 3), 1);
        var year = new DateOnly(today.Year, 1, 1);
        return range switch
        {
            CallRange.Yesterday => (today.AddDays(-1), today.AddDays(-1)),
            CallRange.ThisWeek => (week, week.AddDays(6)),
            CallRange.LastWeek => (week.AddDays(-7), week.AddDays(-1)),
            CallRange.Last7Days => (today.AddDays(-6), today),
            CallRange.Last30Days => (today.AddDays(-29), today),
            CallRange.ThisMonth => (month, month.AddMonths(1).AddDays(-1)),
            CallRange.LastMonth => (month.AddMonths(-1), month.AddDays(-1)),
            CallRange.ThisQuarter => (quarter, quarter.AddMonths(3).AddDays(-1)),
            CallRange.LastQuarter => (quarter.AddMonths(-3), quarter.AddDays(-1)),
            CallRange.ThisYear => (year, year.AddYears(1).AddDays(-1)),
            CallRange.LastYear => (year.AddYears(-1), year.AddDays(-1)),
            _ => (today, today),
        };
    }

    /// <summary>The filter's first and last day, its range resolved; null where it has no bound.</summary>
    public static (DateOnly? From, DateOnly? To) DaysOf(CallFilter filter, DateOnly today, DayOfWeek firstWeekday)
    {
        if (filter.Range is not { } range)
        {
            return (filter.From, filter.To);
        }

        var (from, to) = DaysOf(range, today, firstWeekday);
        return (from, to);
    }
}
