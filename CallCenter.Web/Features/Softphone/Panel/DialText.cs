using System.Globalization;
using System.Text;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>What is dialled of what was typed or pasted. Nothing is guessed: no prefix is added, no country assumed.</summary>
public static class DialText
{
    /// <summary>Most characters that are dialled.</summary>
    public const int MaxLength = 32;

    /// <summary>Digits of any script as ASCII, a leading plus, stars and hashes; empty when there is nothing to dial, or letters among it.</summary>
    public static string Of(string? typed)
    {
        var text = WithoutScheme((typed ?? "").Trim());
        var dialled = new StringBuilder();
        foreach (var c in text)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : CharUnicodeInfo.GetDecimalDigitValue(c);
            if (digit >= 0)
            {
                dialled.Append((char)('0' + digit));
            }
            else if (c is '*' or '#' || (c is '+' or '＋' && dialled.Length == 0))
            {
                dialled.Append(c == '＋' ? '+' : c);
            }
            else if (char.IsLetter(c))
            {
                return "";
            }
        }

        // British numbers abroad are written +44 (0)20: the zero in brackets is not dialled after the plus.
        var result = text.StartsWith('+') && text.Contains("(0)", StringComparison.Ordinal) ? DropTrunkZero(text) : dialled.ToString();
        return result is "+" || result.Length > MaxLength ? "" : result;
    }

    private static string DropTrunkZero(string text) => Of(text.Replace("(0)", "", StringComparison.Ordinal));

    private static string WithoutScheme(string text)
    {
        var scheme = text.IndexOf(':', StringComparison.Ordinal);
        if (scheme < 0 || text[..scheme].ToUpperInvariant() is not ("TEL" or "SIP" or "SIPS" or "CALLTO"))
        {
            return text;
        }

        var rest = text[(scheme + 1)..].Split('@', ';', '?')[0];
        return Uri.UnescapeDataString(rest);
    }
}
