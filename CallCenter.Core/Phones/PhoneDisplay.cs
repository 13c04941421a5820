using System.Text;

namespace CallCenter.Core.Phones;

/// <summary>Groups numbers for the eye, with spaces only, each country in its own way.</summary>
public static class PhoneDisplay
{
    /// <summary>As dialled from abroad: <c>+966 50 123 4567</c>. What is not E.164 comes back as it is.</summary>
    public static string International(string number) =>
        number is ['+', .. var digits] && digits.Length is >= 7 and <= PhoneNumbers.MaxDigits && digits.All(char.IsAsciiDigit) && digits[0] != '0'
            ? International(long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture))
            : number;

    /// <inheritdoc cref="International(string)"/>
    public static string International(long e164)
    {
        if (PhoneNumbers.PlanOf(e164) is not var (plan, national))
        {
            return "+" + Even(PhoneNumbers.Text(e164)[1..]);
        }

        return FormatOf(plan, national) is { Abroad.Length: > 0 } format
            ? $"+{plan.Code} {Spaced(format.Apply(format.Abroad, national))}"
            : $"+{plan.Code} {Even(national)}";
    }

    /// <summary>
    /// As dialled at home, with the trunk prefix: <c>050 123 4567</c>; as <see cref="International(long)"/> from another country, and where the
    /// digits are so few that at home they would pass for an extension.
    /// </summary>
    /// <param name="e164">The number.</param>
    /// <param name="country">Where it is read.</param>
    public static string National(long e164, string country)
    {
        if (PhoneNumbers.PlanOf(e164) is not var (plan, national) || !string.Equals(plan.Region, country, StringComparison.OrdinalIgnoreCase) || FormatOf(plan, national) is not { } format)
        {
            return International(e164);
        }

        var shown = Spaced(format.Apply(format.AtHome, national));
        return PhoneNumbers.IsInternal(plan, shown.Replace(" ", "", StringComparison.Ordinal)) ? International(e164) : shown;
    }

    private static PhoneFormat? FormatOf(PhonePlan plan, string national)
    {
        // A country that shares another's code has that one's formats, unless it has its own.
        var formats = plan.Formats.Count > 0 ? plan.Formats : PhonePlans.OfDigits(plan.Code + national)[0].Formats;
        return formats.FirstOrDefault(format => format.Fits(national));
    }

    private static string Spaced(string text)
    {
        var spaced = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                spaced.Append(c);
            }
            else if (spaced.Length > 0 && spaced[^1] != ' ')
            {
                spaced.Append(' ');
            }
        }

        return spaced.ToString().TrimEnd();
    }

    /// <summary>Threes, and a last group of three or four.</summary>
    private static string Even(string digits)
    {
        var parts = new List<string>();
        for (var at = 0; at < digits.Length;)
        {
            var take = digits.Length - at <= 4 ? digits.Length - at : 3;
            parts.Add(digits.Substring(at, take));
            at += take;
        }

        return string.Join(' ', parts);
    }
}
