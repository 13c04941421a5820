using CallCenter.Core.Primitives;

namespace CallCenter.Tests.Calls;

public sealed class LocalDayTests
{
    [Theory]
    [InlineData("Europe/Dublin", "2026-03-28", "2026-03-28T00:00:00Z", 24)]
    [InlineData("Europe/Dublin", "2026-03-29", "2026-03-29T00:00:00Z", 23)]
    [InlineData("Europe/Dublin", "2026-10-25", "2026-10-24T23:00:00Z", 25)]
    [InlineData("Asia/Riyadh", "2026-03-29", "2026-03-28T21:00:00Z", 24)]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z", 23)] // Midnight does not exist.
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", 25)] // Midnight to one happens twice.
    public void StartUtc_DayOfZone_IsItsFirstMoment(string zoneId, string day, string startUtc, int hours)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

        var start = LocalDay.StartUtc(date, zone);

        Assert.Equal(DateTimeOffset.Parse(startUtc, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime, start);
        Assert.Equal(TimeSpan.FromHours(hours), LocalDay.EndUtc(date, zone) - start);
        Assert.Equal(date, LocalDay.Of(start, zone));
    }
}
