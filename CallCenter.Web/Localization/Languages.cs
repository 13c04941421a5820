using System.Globalization;

namespace CallCenter.Web.Localization;

/// <summary>The languages of the portal.</summary>
internal static class Languages
{
    public static readonly IReadOnlyList<CultureInfo> All = [English(), Arabic()];

    public static bool IsKnown(string? code) => All.Any(culture => culture.Name == code);

    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public static string Direction => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

    private static CultureInfo English() => CultureInfo.ReadOnly(new CultureInfo("en"));

    /// <summary>Gregorian, and numbers as the system would write them in English: digits are the reader's choice, made when shown.</summary>
    private static CultureInfo Arabic()
    {
        var culture = new CultureInfo("ar") { NumberFormat = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone() };
        culture.DateTimeFormat.Calendar = culture.OptionalCalendars.OfType<GregorianCalendar>()
            .OrderBy(calendar => calendar.CalendarType == GregorianCalendarTypes.Localized ? 0 : 1)
            .First();
        return CultureInfo.ReadOnly(culture);
    }
}
