using System.Collections.Frozen;
using System.Globalization;

namespace CallCenter.Core.Phones;

/// <summary>
/// Reads phone numbers in any spelling against a country. The one place where the guesses stand: what is an extension, what a
/// number without its plus means. Pure; see adr/0019.
/// </summary>
public static class PhoneNumbers
{
    /// <summary>Most digits of E.164.</summary>
    public const int MaxDigits = 15;

    // Up to so many digits are a matter within the house, unless the country's own numbers are that short.
    private const int LongestInternal = 6;

    // A shorter number with a calling code but no plus would be a guess too bold.
    private const int ShortestBareInternational = 10;

    // Plans age and countries lengthen theirs: a number with plus and a known code is taken from here on.
    private const int ShortestInternational = 6;

    private const int UnknownMaxLength = 64;

    private static readonly FrozenSet<string> WithheldWords = new[]
    {
        "anonymous", "anonym", "blocked", "hidden", "private", "privatenumber", "restricted", "unavailable", "unknown", "unknownnumber",
        "withheld", "notavailable", "s", "asterisk", "مجهول", "محجوب", "خاص", "غيرمعروف",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a number.</summary>
    /// <param name="raw">As typed or as the PBX gives it: plus, 00, spaces, brackets, digits of any script, direction marks, extension.</param>
    /// <param name="country">ISO 3166-1 alpha-2 of whoever typed it; one without a numbering plan reads only numbers with plus or 00.</param>
    public static PhoneReading Read(string? raw, string country)
    {
        if (string.IsNullOrWhiteSpace(raw))
        {
            return PhoneReading.Withheld;
        }

        var text = PhoneText.Of(raw);
        if (text.Digits.Length == 0 || (text.Words.Length > 0 && !text.HasPlus))
        {
            // Only the beginning of a long text is kept, so only the beginning may say what it is.
            return raw.Trim() is { Length: > UnknownMaxLength } kept ? Read(kept[..UnknownMaxLength].Trim(), country) : ReadWords(raw, text);
        }

        if (text.HasStar)
        {
            return PhoneReading.Of(PhoneKind.Service, (text.HasPlus ? "+" : "") + text.Digits);
        }

        if (text.HasPlus)
        {
            return International(text.Digits) is { } abroad ? Number(abroad, text.Extension) : PhoneReading.Of(PhoneKind.Unknown, "+" + text.Digits, text.Extension);
        }

        return ReadBare(text, country);
    }

    /// <summary>The E.164 digits of a number as an integer; 0 when it is not a subscriber's.</summary>
    public static long ToE164(string? raw, string country) => Read(raw, country).E164;

    /// <summary>
    /// What a search means by a number: its digits as written, in ASCII and without an extension, and whether it was written from its
    /// beginning, with plus or 00.
    /// </summary>
    public static (string Digits, bool FromStart) Typed(string raw)
    {
        var text = PhoneText.Of(raw);
        var digits = string.Concat(text.Digits.Where(char.IsAsciiDigit));
        return digits.StartsWith("00", StringComparison.Ordinal) && !text.HasPlus ? (digits[2..], true) : (digits, text.HasPlus);
    }

    /// <summary>E.164 with its plus.</summary>
    public static string Text(long e164) => string.Create(CultureInfo.InvariantCulture, $"+{e164}");

    /// <summary>The country a number belongs to, ISO 3166-1 alpha-2; null for none, such as a satellite phone.</summary>
    public static string? CountryOf(long e164) => PlanOf(e164) is ({ Region: not "001" } plan, _) ? plan.Region : null;

    /// <summary>Whether the country's numbering plan has such a number.</summary>
    public static bool IsValid(long e164) => PlanOf(e164) is var (plan, national) && plan.IsAnyType(national);

    /// <summary>What a number reaches.</summary>
    public static PhoneLine LineOf(long e164)
    {
        if (PlanOf(e164) is not var (plan, national) || !plan.IsNational(national))
        {
            return PhoneLine.Unknown;
        }

        if (plan.HasType(0, national))
        {
            return plan.SharesMobile || plan.HasType(1, national) ? PhoneLine.FixedOrMobile : PhoneLine.Fixed;
        }

        PhoneLine[] lines =
        [
            PhoneLine.Fixed, PhoneLine.Mobile, PhoneLine.TollFree, PhoneLine.Premium, PhoneLine.Personal, PhoneLine.Voicemail,
            PhoneLine.Company, PhoneLine.Pager, PhoneLine.Voip, PhoneLine.SharedCost,
        ];
        for (var type = 1; type < lines.Length; type++)
        {
            if (plan.HasType(type, national))
            {
                return lines[type];
            }
        }

        return PhoneLine.Unknown;
    }

    /// <summary>The number's plan and its national part.</summary>
    internal static (PhonePlan Plan, string National)? PlanOf(long e164)
    {
        var digits = e164.ToString(CultureInfo.InvariantCulture);
        var plans = PhonePlans.OfDigits(digits);
        if (plans.Count == 0)
        {
            return null;
        }

        var national = digits[plans[0].Code.Length..];
        var plan = plans.Count == 1 ? plans[0] : plans.FirstOrDefault(plan => plan.Leads(national) ?? plan.IsAnyType(national));
        return (plan ?? plans[0], national);
    }

    /// <summary>Whether digits without plus are a matter within the house, seen from the country.</summary>
    internal static bool IsInternal(PhonePlan? plan, string digits) =>
        digits.Length <= LongestInternal && (plan is null || plan.MaxLength > LongestInternal || !plan.HasLength(digits.Length));

    private static PhoneReading ReadWords(string raw, PhoneText text)
    {
        if (text.Digits.Length == 0 && WithheldWords.Contains(text.Words))
        {
            return PhoneReading.Withheld;
        }

        return text.Words.Length == 0 ? PhoneReading.Withheld : PhoneReading.Of(PhoneKind.Unknown, raw.Trim());
    }

    private static PhoneReading ReadBare(PhoneText text, string country)
    {
        var digits = text.Digits;
        if (EmergencyNumbers.Contains(country, digits))
        {
            return PhoneReading.Of(PhoneKind.Emergency, digits);
        }

        var plan = PhonePlans.OfRegion(country);
        if (IsInternal(plan, digits))
        {
            return PhoneReading.Of(PhoneKind.Internal, digits, text.Extension);
        }

        if (AfterInternationalPrefix(plan, digits) is { } afterPrefix && International(afterPrefix) is { } abroad)
        {
            return Number(abroad, text.Extension);
        }

        return (plan is null ? null : National(plan, digits)) is { Length: <= MaxDigits } national
            ? Number(national, text.Extension)
            : PhoneReading.Of(PhoneKind.Unknown, digits, text.Extension);
    }

    /// <summary>00 even where the country dials otherwise: it is what trunks send.</summary>
    private static string? AfterInternationalPrefix(PhonePlan? plan, string digits) =>
        plan?.AfterInternationalPrefix(digits) ?? (digits.StartsWith("00", StringComparison.Ordinal) && plan?.IsNational(digits) is not true ? digits[2..] : null);

    /// <summary>Digits without plus, seen from the country: its own number, its own or a foreign one without the plus, or a likely one.</summary>
    private static string? National(PhonePlan plan, string digits)
    {
        var significant = plan.Significant(digits);
        if (plan.IsNational(significant))
        {
            return plan.Code + significant;
        }

        if (digits.StartsWith(plan.Code, StringComparison.Ordinal) && plan.IsNational(plan.Significant(digits[plan.Code.Length..])))
        {
            return plan.Code + plan.Significant(digits[plan.Code.Length..]);
        }

        if (plan.HasLength(significant.Length))
        {
            return plan.Code + significant;
        }

        return digits.Length >= ShortestBareInternational && International(digits) is { } bare && PlanOf(long.Parse(bare, CultureInfo.InvariantCulture)) is var (foreign, national) && foreign.IsNational(national)
            ? bare
            : null;
    }

    /// <summary>Digits after a plus as E.164; a trunk prefix that slipped in goes, as in <c>+44 (0)20</c>.</summary>
    private static string? International(string digits)
    {
        var plans = PhonePlans.OfDigits(digits);
        if (plans.Count == 0)
        {
            return null;
        }

        var national = digits[plans[0].Code.Length..];
        var plan = plans.Count == 1 ? plans[0] : plans.FirstOrDefault(plan => plan.Leads(national) ?? plan.IsAnyType(national)) ?? plans[0];
        var significant = plan.Significant(national);

        // Some plans add the area code to numbers dialled within it; who writes a calling code is not within.
        var number = plan.Code + (significant.Length > national.Length ? national : significant);
        return number.Length is >= ShortestInternational and <= MaxDigits ? number : null;
    }

    private static PhoneReading Number(string digits, string extension) =>
        new(PhoneKind.Number, "+" + digits, long.Parse(digits, CultureInfo.InvariantCulture), extension);
}
