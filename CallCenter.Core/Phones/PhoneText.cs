using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CallCenter.Core.Phones;

/// <summary>The signs of a written number, told apart: digits of any script as ASCII, plus, stars, extension; the rest is decoration.</summary>
internal readonly record struct PhoneText(string Digits, bool HasPlus, bool HasStar, string Extension, string Words)
{
    private const int MaxLength = 256;

    // Fewer digits before a hash or comma are a service code, not a number with an extension.
    private const int ShortestWithExtension = 6;

    private static readonly FrozenSet<string> ExtensionWords = new[] { "x", "ext", "extn", "extension", "poste", "تحويلة", "التحويلة", "تحويله", "داخلي" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static PhoneText Of(string raw)
    {
        var text = Address(raw.Length > MaxLength ? raw[..MaxLength] : raw);
        var (digits, extension, words, word) = (new StringBuilder(), new StringBuilder(), new StringBuilder(), new StringBuilder());
        var (hasPlus, hasStar, inExtension) = (false, false, false);
        foreach (var c in text)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : CharUnicodeInfo.GetDecimalDigitValue(c);
            if (char.IsLetter(c))
            {
                word.Append(c);
                continue;
            }

            if (word.Length > 0 && !IsMark(c))
            {
                inExtension |= EndWord(word, words, digits.Length > 0);
            }

            if (digit >= 0)
            {
                (inExtension ? extension : digits).Append((char)('0' + digit));
            }
            else if (c is '+' or '＋' or '﹢' && digits.Length == 0)
            {
                hasPlus = true;
            }
            else if (c is '*' or '#' or ',' or ';' && digits.Length >= ShortestWithExtension && !hasStar)
            {
                inExtension = true;
            }
            else if (c is '*' or '#')
            {
                hasStar = true;
                digits.Append(c);
            }
        }

        EndWord(word, words, false);
        return new PhoneText(digits.ToString(), hasPlus, hasStar, extension.ToString(), words.ToString());
    }

    private static bool IsMark(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format;

    private static bool EndWord(StringBuilder word, StringBuilder words, bool afterDigits)
    {
        var text = word.ToString();
        word.Clear();
        if (afterDigits && ExtensionWords.Contains(text))
        {
            return true;
        }

        words.Append(text);
        return false;
    }

    /// <summary>The user part of <c>tel:</c> and <c>sip:</c> addresses; SIP's parameters follow a semicolon.</summary>
    private static string Address(string text)
    {
        var scheme = text.IndexOf(':', StringComparison.Ordinal);
        if (scheme < 0 || text[..scheme].Trim().ToUpperInvariant() is not ("TEL" or "SIP" or "SIPS"))
        {
            return text;
        }

        var rest = text[(scheme + 1)..];
        var host = rest.IndexOf('@', StringComparison.Ordinal);
        return host < 0 ? rest : rest[..host];
    }
}
