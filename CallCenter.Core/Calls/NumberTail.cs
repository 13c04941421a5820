using System.Globalization;

namespace CallCenter.Core.Calls;

/// <summary>
/// The last nine digits of a number as one integer, ordered so that "ends with these digits" is a range. Nine digits tell
/// subscribers apart whether a number was written with country code, trunk prefix or neither, and the integer makes a
/// narrow index that both database providers can search without regard to collations.
/// </summary>
public static class NumberTail
{
    /// <summary>Digits that count, from the end.</summary>
    public const int Length = 9;

    // Each digit is stored as 1 to 10, the last one first, and 0 stands for "no digit here".
    private const int Radix = 11;

    /// <summary>The tail of a number; 0 when it has no digits.</summary>
    public static long Of(string number) => Read(number).Value;

    /// <summary>The tails of all numbers that end with the digits of <paramref name="text"/>, both ends included; null when it has no digits.</summary>
    /// <param name="text">As typed: spaces, punctuation and Arabic digits are fine; only the last nine digits count.</param>
    public static (long First, long Last)? EndingWith(string text)
    {
        var (first, digits) = Read(text);
        if (digits == 0)
        {
            return null;
        }

        var width = 1L;
        for (var i = digits; i < Length; i++)
        {
            width *= Radix;
        }

        return (first, first + width - 1);
    }

    private static (long Value, int Digits) Read(string text)
    {
        var value = 0L;
        var digits = 0;
        for (var i = text.Length - 1; i >= 0 && digits < Length; i--)
        {
            var digit = char.IsAsciiDigit(text[i]) ? text[i] - '0' : CharUnicodeInfo.GetDecimalDigitValue(text[i]);
            if (digit >= 0)
            {
                value = (value * Radix) + digit + 1;
                digits++;
            }
        }

        for (var i = digits; i < Length; i++)
        {
            value *= Radix;
        }

        return (value, digits);
    }
}
