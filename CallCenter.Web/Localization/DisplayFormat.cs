using System.Globalization;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Localization;

/// <summary>How numbers, times and durations read: in the tenant's zone, the reader's language and digits.</summary>
public sealed class DisplayFormat(ITenantContext tenant, TimeProvider clock, IStringLocalizer<CommonText> texts)
{
    private TimeZoneInfo? _zone;

    /// <summary>Show ٠١٢٣ in Arabic; set once per circuit from the reader's cookie.</summary>
    public bool ArabicDigits { get; set; }

    /// <summary>The tenant's zone, or UTC outside a tenant.</summary>
    public TimeZoneInfo Zone => tenant.HasTenant
        ? _zone ??= TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId)
        : TimeZoneInfo.Utc;

    /// <summary>Now, UTC.</summary>
    public DateTime NowUtc => clock.GetUtcNow().UtcDateTime;

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private static string DateSeparator => Culture.TextInfo.IsRightToLeft ? "، " : ", ";

    /// <summary>A time of the database in the tenant's zone.</summary>
    public DateTime ToLocal(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(System.DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>A local time of the tenant as UTC. A time that a clock change skips counts as the moment after the gap.</summary>
    public DateTime ToUtc(DateTime local)
    {
        var unspecified = System.DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (Zone.IsInvalidTime(unspecified))
        {
            unspecified = unspecified.AddMinutes(15);
        }

        return TimeZoneInfo.ConvertTimeToUtc(unspecified, Zone);
    }

    /// <summary>First moment of a local day, UTC.</summary>
    public DateTime StartOfDayUtc(DateOnly day) => ToUtc(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The tenant's calendar day now.</summary>
    public DateOnly Today => DateOnly.FromDateTime(ToLocal(NowUtc));

    /// <summary>Whole numbers with grouping.</summary>
    public string Number(long value) => Digits(value.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>A count that may have stopped at its cap: <c>10,000+</c>.</summary>
    public string Count(long value, bool isCapped) => (isCapped, Culture.TextInfo.IsRightToLeft) switch
    {
        (false, _) => Number(value),
        (true, false) => Number(value) + "+",

        // Without the marks the plus wanders to the other side of the number.
        _ => $"\u200E{Number(value)}+\u200E",
    };

    /// <summary><c>21 Nov 2026</c>.</summary>
    public string Date(DateTime utc) => Digits(ToLocal(utc).ToString(DayPattern(withYear: true), Culture));

    /// <summary><c>21 Nov</c>, where the year is told elsewhere.</summary>
    public string DayOfYear(DateTime utc) => Digits(ToLocal(utc).ToString(DayPattern(withYear: false), Culture));

    /// <summary><c>21 Nov 2026</c>, of a day of the calendar.</summary>
    public string Day(DateOnly day) => Digits(day.ToString(DayPattern(withYear: true), Culture));

    /// <summary><c>Nov 2026</c>, the month in the tenant's zone.</summary>
    public string Month(DateTime utc) => Digits(ToLocal(utc).ToString(Culture.TextInfo.IsRightToLeft ? "MMMM yyyy" : "MMM yyyy", Culture));

    /// <summary><c>14:05</c>.</summary>
    public string Time(DateTime utc) => Digits(ToLocal(utc).ToString("HH:mm", CultureInfo.InvariantCulture));

    /// <summary><c>21 Nov 2026, 14:05:09</c>, with the zone's offset: the whole truth, for tooltips and details.</summary>
    public string Exact(DateTime utc)
    {
        var local = ToLocal(utc);
        var offset = Zone.GetUtcOffset(System.DateTime.SpecifyKind(utc, DateTimeKind.Utc));
        var sign = offset < TimeSpan.Zero ? "-" : "+";
        return Digits(local.ToString(DayPattern(withYear: true), Culture) + DateSeparator
            + local.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
            + string.Create(CultureInfo.InvariantCulture, $" UTC{sign}{offset:hh\\:mm}"));
    }

    /// <summary><c>21 Nov, 14:05</c>; with the year when it is not this one.</summary>
    public string DateTime(DateTime utc)
    {
        var local = ToLocal(utc);
        return Digits(local.ToString(DayPattern(local.Year != Today.Year), Culture) + DateSeparator + local.ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    /// <summary>"2 min ago" when recent, else the date and time.</summary>
    public string Relative(DateTime utc)
    {
        var age = NowUtc - utc;
        if (age < TimeSpan.FromSeconds(-5))
        {
            return DateTime(utc);
        }

        if (age < TimeSpan.FromSeconds(45))
        {
            return texts["Time.JustNow"];
        }

        if (age < TimeSpan.FromMinutes(59.5))
        {
            return texts["Time.MinutesAgo", Number((long)Math.Max(1, Math.Round(age.TotalMinutes)))];
        }

        var day = DateOnly.FromDateTime(ToLocal(utc));
        if (age < TimeSpan.FromHours(12) && day == Today)
        {
            return texts["Time.HoursAgo", Number((long)Math.Round(age.TotalHours))];
        }

        return day == Today.AddDays(-1) ? texts["Time.YesterdayAt", Time(utc)] : DateTime(utc);
    }

    /// <summary>A month with its year.</summary>
    public string Month(DateOnly month) => Digits(month.ToString("MMMM yyyy", Culture));

    /// <summary><c>3:07</c>, <c>1:02:45</c>.</summary>
    /// <param name="seconds">Whole seconds, not negative.</param>
    public string Duration(int seconds)
    {
        var span = TimeSpan.FromSeconds(seconds);
        return Digits(span.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}:{span.Seconds:00}"));
    }

    /// <summary><c>1.4 MB</c>, in thousands as disks are sold.</summary>
    public string Bytes(long bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB"];
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 999.5 && unit < units.Length - 1; unit++)
        {
            value /= 1000;
        }

        return $"\u2066{Digits(value.ToString(unit == 0 || value >= 99.5 ? "0" : "0.#", CultureInfo.InvariantCulture))} {units[unit]}\u2069";
    }

    /// <summary>The text with the digits that the reader chose.</summary>
    public string Digits(string text) => ArabicDigits && Culture.TextInfo.IsRightToLeft
        ? string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsAsciiDigit(source[i]) ? (char)('\u0660' + (source[i] - '0')) : source[i];
            }
        })
        : text;

    private static string DayPattern(bool withYear) => (Culture.TextInfo.IsRightToLeft, withYear) switch
    {
        (true, true) => "d MMMM yyyy",
        (true, false) => "d MMMM",
        (false, true) => "d MMM yyyy",
        _ => "d MMM",
    };
}
