using System.Globalization;
using CallCenter.Core.Phones;

namespace CallCenter.Core.Erasure;

/// <summary>The digits by which a subscriber's number is known, seen from the tenant's country.</summary>
/// <param name="Whole">Digits of E.164.</param>
/// <param name="National">Without the calling code; the shortest form in which any spelling ends.</param>
/// <param name="IsHome">Whether the national form alone means this number in the tenant's country.</param>
public sealed record NumberDigits(string Whole, string National, bool IsHome)
{
    // A shorter national form stands in too much that is no number.
    private const int ShortestNational = 6;

    /// <summary>Digits of E.164 as one integer.</summary>
    public long E164 => long.Parse(Whole, CultureInfo.InvariantCulture);

    /// <summary>Reads a number in any spelling.</summary>
    /// <returns>Its digits; null when it is no subscriber's number.</returns>
    public static NumberDigits? Of(string number, string country)
    {
        var e164 = PhoneNumbers.ToE164(number, country);
        if (e164 == 0)
        {
            return null;
        }

        var whole = e164.ToString(CultureInfo.InvariantCulture);
        var national = PhoneNumbers.PlanOf(e164) is var (_, digits) ? digits : whole;
        var home = national.Length >= ShortestNational && PhoneNumbers.ToE164(national, country) == e164;
        return new NumberDigits(whole, national.Length >= ShortestNational ? national : whole, home);
    }
}
