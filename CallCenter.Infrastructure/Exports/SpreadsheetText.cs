using System.Buffers;
using System.Globalization;
using System.Text;
using CallCenter.Core.Phones;

namespace CallCenter.Infrastructure.Exports;

/// <summary>What keeps a spreadsheet that opens a CSV file from computing text, and from making numbers of phone numbers.</summary>
internal static class SpreadsheetText
{
    private static readonly SearchValues<char> GroupedDigits = SearchValues.Create("0123456789 ");

    /// <summary>
    /// Whether a spreadsheet might take the text for a formula: its first sign that is not blank or invisible begins one, in ASCII or in the
    /// full-width forms that East Asian versions take for the same.
    /// </summary>
    public static bool IsFormula(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠')
            {
                return true;
            }

            if (!char.IsWhiteSpace(c) && !char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>
    /// A phone number as text that stays text: E.164 grouped by spaces with its plus (<c>+966 50 123 4567</c>), other digits grouped only where
    /// a spreadsheet would drop a zero or round (<c>0 100</c>).
    /// </summary>
    public static string Phone(string raw, long e164)
    {
        if (e164 > 0)
        {
            return PhoneDisplay.International(e164);
        }

        var digits = raw.AsSpan().TrimStart('+');
        if (digits.Length == 0 || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return raw;
        }

        var isPlus = digits.Length < raw.Length;
        return !isPlus && (digits[0] != '0' || digits.Length == 1) && digits.Length < 12 ? raw : $"{(isPlus ? "+" : "")}{digits[0]} {Groups(digits[1..])}".TrimEnd();
    }

    /// <summary>Whether <see cref="Phone"/> wrote it: digits in groups behind an optional plus, which no spreadsheet computes.</summary>
    public static bool IsGrouped(ReadOnlySpan<char> text) => text.Contains(' ') && !text.TrimStart('+').ContainsAnyExcept(GroupedDigits);

    private static string Groups(ReadOnlySpan<char> digits)
    {
        var groups = new StringBuilder(digits.Length * 4 / 3);
        for (var i = 0; i < digits.Length; i++)
        {
            if (i > 0 && i % 3 == 0 && digits.Length - i > 1)
            {
                groups.Append(' ');
            }

            groups.Append(digits[i]);
        }

        return groups.ToString();
    }
}
