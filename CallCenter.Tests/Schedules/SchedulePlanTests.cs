using CallCenter.Core.Schedules;

namespace CallCenter.Tests.Schedules;

public sealed class SchedulePlanTests
{
    private static readonly TimeZoneInfo Dublin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin");

    [Theory]

    // Clocks of Dublin skip 01:00 to 02:00 on 29 March 2026, and have 01:00 to 02:00 twice on 25 October 2026.
    [InlineData("07:00", "2026-03-28T12:00", "2026-03-29T06:00")]
    [InlineData("07:00", "2026-03-29T06:00", "2026-03-30T06:00")]
    [InlineData("01:30", "2026-03-28T12:00", "2026-03-29T01:00")]
    [InlineData("01:30", "2026-03-29T01:00", "2026-03-30T00:30")]
    [InlineData("01:30", "2026-10-24T12:00", "2026-10-25T00:30")]
    [InlineData("01:30", "2026-10-25T00:30", "2026-10-26T01:30")]
    [InlineData("07:00", "2026-03-02T07:00", "2026-03-03T07:00")]
    [InlineData("07:00", "2026-03-02T06:59", "2026-03-02T07:00")]
    public void NextAfter_Daily_IsOnceADayByTheClockOnTheWall(string time, string after, string next) =>
        Assert.Equal(Utc(next), new SchedulePlan(ScheduleRhythm.Daily, default, 1, TimeOnly.Parse(time, null)).NextAfter(Utc(after), Dublin));

    [Theory]
    [InlineData(DayOfWeek.Sunday, "2026-03-02T09:00", "2026-03-08T07:00")]
    [InlineData(DayOfWeek.Monday, "2026-03-02T06:00", "2026-03-02T07:00")]
    [InlineData(DayOfWeek.Monday, "2026-03-02T07:00", "2026-03-09T07:00")]
    public void NextAfter_Weekly_IsOnItsWeekday(DayOfWeek weekday, string after, string next) =>
        Assert.Equal(Utc(next), new SchedulePlan(ScheduleRhythm.Weekly, weekday, 1, new TimeOnly(7, 0)).NextAfter(Utc(after), Dublin));

    [Theory]
    [InlineData(31, "2026-02-01T00:00", "2026-02-28T07:00")]
    [InlineData(31, "2026-02-28T07:00", "2026-03-31T06:00")]
    [InlineData(31, "2026-03-31T06:00", "2026-04-30T06:00")]
    [InlineData(1, "2026-12-01T07:00", "2027-01-01T07:00")]
    public void NextAfter_Monthly_IsOnItsDayOrTheMonthsLast(int day, string after, string next) =>
        Assert.Equal(Utc(next), new SchedulePlan(ScheduleRhythm.Monthly, default, day, new TimeOnly(7, 0)).NextAfter(Utc(after), Dublin));

    [Fact]
    public void NextAfter_OverAYear_IsExactlyOnceOnEachDay()
    {
        var plan = new SchedulePlan(ScheduleRhythm.Daily, default, 1, new TimeOnly(1, 30));
        var days = new List<DateOnly>();

        for (var due = plan.NextAfter(Utc("2026-01-01T00:00"), Dublin); due.Year == 2026; due = plan.NextAfter(due, Dublin))
        {
            days.Add(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(due, Dublin)));
        }

        Assert.Equal(Enumerable.Range(0, 365).Select(new DateOnly(2026, 1, 1).AddDays), days);
    }

    [Fact]
    public void LastUntil_TimesThatPassed_AreOneAndACount()
    {
        var plan = new SchedulePlan(ScheduleRhythm.Daily, default, 1, new TimeOnly(7, 0));

        Assert.Equal((Utc("2026-03-05T07:00"), 3), plan.LastUntil(Utc("2026-03-02T07:00"), Utc("2026-03-05T12:00"), Dublin));
        Assert.Equal((Utc("2026-03-02T07:00"), 0), plan.LastUntil(Utc("2026-03-02T07:00"), Utc("2026-03-02T07:00"), Dublin));
    }

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
