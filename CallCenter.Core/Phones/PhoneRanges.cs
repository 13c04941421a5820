using System.Globalization;

namespace CallCenter.Core.Phones;

/// <summary>Sets of E.164 numbers as spans of the integers that stand for them, so that an index can find them.</summary>
public static class PhoneRanges
{
    private const int ShortestNumber = 6;

    // National digits by which countries with one calling code are told apart; an area code of North America has three.
    private const int Leading = 4;

    /// <summary>All numbers that begin with the digits; empty when no number can.</summary>
    /// <param name="digits">First digits of E.164, calling code first, without plus.</param>
    public static IReadOnlyList<(long First, long Last)> StartingWith(string digits)
    {
        if (digits.Length is 0 or > PhoneNumbers.MaxDigits || digits[0] == '0' || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix))
        {
            return [];
        }

        return [.. from length in Enumerable.Range(Math.Max(digits.Length, ShortestNumber), PhoneNumbers.MaxDigits + 1 - Math.Max(digits.Length, ShortestNumber))
                   select Widened(prefix, length - digits.Length)];
    }

    /// <summary>All numbers of a country, ISO 3166-1 alpha-2; empty for one without a numbering plan.</summary>
    public static IReadOnlyList<(long First, long Last)> OfCountry(string country)
    {
        if (PhonePlans.OfRegion(country) is not { } plan)
        {
            return [];
        }

        return PhonePlans.OfDigits(plan.Code + "0").Count == 1 ? StartingWith(plan.Code) : Shared(plan);
    }

    // Nothing in a plan says by which digits it differs from those it shares a calling code with, so they are tried.
    private static List<(long First, long Last)> Shared(PhonePlan plan)
    {
        List<(long First, long Last)> ranges = [];
        for (var length = Math.Max(plan.MinLength, Leading); length <= plan.MaxLength; length++)
        {
            for (var leading = 0; leading < 10_000; leading++)
            {
                var national = leading.ToString("D4", CultureInfo.InvariantCulture);
                if (!plan.HasLength(length) || !IsOf(plan, national, length))
                {
                    continue;
                }

                var (first, last) = Widened(long.Parse(plan.Code + national, CultureInfo.InvariantCulture), length - Leading);
                if (ranges.Count > 0 && ranges[^1].Last + 1 == first)
                {
                    ranges[^1] = (ranges[^1].First, last);
                }
                else
                {
                    ranges.Add((first, last));
                }
            }
        }

        return ranges;
    }

    private static bool IsOf(PhonePlan plan, string leading, int length)
    {
        var national = leading + "2345678901"[..(length - Leading)];
        return plan.IsNational(national) && PhoneNumbers.CountryOf(long.Parse(plan.Code + national, CultureInfo.InvariantCulture)) == plan.Region;
    }

    private static (long First, long Last) Widened(long prefix, int digits)
    {
        var width = 1L;
        for (var i = 0; i < digits; i++)
        {
            width *= 10;
        }

        return (prefix * width, (prefix * width) + width - 1);
    }
}
