namespace CallCenter.Core.Primitives;

/// <summary>With which weekday weeks begin.</summary>
public static class Weekdays
{
    // Unicode CLDR, supplemental data "weekData" (Unicode licence); where it says nothing the week begins on Monday.
    private const string FromSaturday = " AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY ";

    private const string FromSunday =
        " AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW ";

    /// <summary>First day of the week in a country, ISO 3166-1 alpha-2.</summary>
    public static DayOfWeek FirstOf(string country) =>
        country.Length != 2 ? DayOfWeek.Monday
        : FromSaturday.Contains($" {country} ", StringComparison.OrdinalIgnoreCase) ? DayOfWeek.Saturday
        : FromSunday.Contains($" {country} ", StringComparison.OrdinalIgnoreCase) ? DayOfWeek.Sunday
        : DayOfWeek.Monday;

    /// <summary>First day of the week in which <paramref name="day"/> lies.</summary>
    public static DateOnly StartOfWeek(DateOnly day, DayOfWeek first) => day.AddDays(-(((int)day.DayOfWeek - (int)first + 7) % 7));
}
