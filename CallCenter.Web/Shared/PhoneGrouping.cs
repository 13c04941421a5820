namespace CallCenter.Web.Shared;

/// <summary>Groups phone numbers for the eye. Only spaces are added; the digits stay as they are.</summary>
public static class PhoneGrouping
{
    // Country code and the sizes of the groups after it, by the length of what follows. The usual way of each country.
    private static readonly (string Code, int[][] Groups)[] Plans =
    [
        ("1", [[3, 3, 4]]),
        ("20", [[2, 4, 4], [3, 3, 4]]),
        ("30", [[3, 3, 4]]),
        ("31", [[2, 3, 4]]),
        ("32", [[3, 2, 2, 2], [1, 3, 2, 2]]),
        ("33", [[1, 2, 2, 2, 2]]),
        ("34", [[3, 3, 3]]),
        ("353", [[2, 3, 4], [1, 3, 4]]),
        ("39", [[3, 3, 4], [2, 3, 4]]),
        ("41", [[2, 3, 2, 2]]),
        ("43", [[3, 3, 4], [1, 3, 4]]),
        ("44", [[4, 6], [2, 4, 4]]),
        ("46", [[2, 3, 2, 2]]),
        ("49", [[3, 4, 4], [3, 3, 4], [2, 3, 4]]),
        ("61", [[1, 4, 4]]),
        ("65", [[4, 4]]),
        ("90", [[3, 3, 2, 2]]),
        ("91", [[5, 5]]),
        ("962", [[1, 4, 4], [1, 3, 4]]),
        ("965", [[4, 4]]),
        ("966", [[2, 3, 4], [1, 3, 4]]),
        ("968", [[4, 4]]),
        ("971", [[2, 3, 4], [1, 3, 4]]),
        ("973", [[4, 4]]),
        ("974", [[4, 4]]),
    ];

    /// <summary>The number with spaces; extensions and what is no number come back as they are.</summary>
    public static string Group(string number)
    {
        if (number is not ['+', .. var digits] || digits.Length < 7 || !digits.All(char.IsAsciiDigit))
        {
            return number;
        }

        foreach (var (code, groups) in Plans)
        {
            if (digits.StartsWith(code, StringComparison.Ordinal))
            {
                var rest = digits[code.Length..];
                return $"+{code} {Split(rest, groups.FirstOrDefault(g => g.Sum() == rest.Length) ?? Even(rest.Length))}";
            }
        }

        return "+" + Split(digits, Even(digits.Length));
    }

    /// <summary>Threes, and a last group of three or four.</summary>
    private static int[] Even(int length)
    {
        var groups = new List<int>();
        for (var left = length; left > 0;)
        {
            var take = left is 4 or <= 3 ? left : 3;
            groups.Add(take);
            left -= take;
        }

        return [.. groups];
    }

    private static string Split(string digits, int[] groups)
    {
        var parts = new List<string>();
        var at = 0;
        foreach (var size in groups)
        {
            parts.Add(digits.Substring(at, size));
            at += size;
        }

        return string.Join(' ', parts);
    }
}
