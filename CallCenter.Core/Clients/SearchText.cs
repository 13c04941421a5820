using System.Globalization;
using System.Text;

namespace CallCenter.Core.Clients;

/// <summary>
/// Folds text so that spellings of one name meet: case, accents and Arabic vowel signs go, alef forms, taa marbuta and alef
/// maqsura become their plain letters, tatweel goes, digits become ASCII, spaces single.
/// </summary>
public static class SearchText
{
    /// <summary>The folded text; folding it again changes nothing.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in Clean(text).Normalize(NormalizationForm.FormKD).ToLowerInvariant().Normalize(NormalizationForm.FormKD))
        {
            switch (CharUnicodeInfo.GetUnicodeCategory(c))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Control when !char.IsWhiteSpace(c):
                    continue;
                case UnicodeCategory.DecimalDigitNumber:
                    folded.Append((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)));
                    continue;
                default:
                    Append(folded, c);
                    continue;
            }
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>The folded words; all of them must be found. At most eight count.</summary>
    public static IReadOnlyList<string> Words(string text) =>
        [.. Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(8)];

    // Half a surrogate cannot be normalised.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes());

    private static void Append(StringBuilder folded, char c)
    {
        if (char.IsWhiteSpace(c))
        {
            if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }

            return;
        }

        switch (c)
        {
            case 'ـ':
                break;
            case 'ٱ' or 'ٲ' or 'ٳ':
                folded.Append('ا');
                break;
            case 'ة' or 'ھ' or 'ہ' or 'ە':
                folded.Append('ه');
                break;
            case 'ى' or 'ی' or 'ې':
                folded.Append('ي');
                break;
            case 'ک':
                folded.Append('ك');
                break;
            case 'ß':
                folded.Append("ss");
                break;
            case 'ı':
                folded.Append('i');
                break;
            default:
                folded.Append(c);
                break;
        }
    }
}
