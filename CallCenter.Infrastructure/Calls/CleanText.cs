using System.Text;

namespace CallCenter.Infrastructure.Calls;

/// <summary>Text of a PBX as both databases take it: PostgreSQL refuses NUL and half surrogate pairs, columns have a length.</summary>
internal static class CleanText
{
    public static string Of(string text, int maxLength = int.MaxValue)
    {
        var clean = IsClean(text) ? text : Repair(text);
        if (clean.Length <= maxLength)
        {
            return clean;
        }

        var end = char.IsHighSurrogate(clean[maxLength - 1]) ? maxLength - 1 : maxLength;
        return clean[..end];
    }

    private static bool IsClean(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        for (var i = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    private static string Repair(string text)
    {
        var repaired = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != 0)
            {
                repaired.Append(rune.ToString());
            }
        }

        return repaired.ToString();
    }
}
