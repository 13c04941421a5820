using System.Globalization;

namespace CallCenter.Simulators.Ucm.Cdr;

/// <summary>
/// The caller and callee filters of cdrapi: a comma list of numbers, ranges (<c>5300-5304</c>) and patterns (<c>@</c> any
/// characters, <c>_</c> one). A pattern with a wildcard takes <c>-</c> literally; <c>0-0</c> matches what is no number.
/// </summary>
internal static class NumberPattern
{
    public static bool Matches(string list, string value) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Any(p => MatchesOne(p, value));

    private static bool MatchesOne(string pattern, string value)
    {
        if (pattern.AsSpan().ContainsAny('@', '_'))
        {
            return Wild(pattern, value);
        }

        if (pattern == "0-0")
        {
            return !IsNumber(value, out _);
        }

        var dash = pattern.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && IsNumber(pattern[..dash], out var low) && IsNumber(pattern[(dash + 1)..], out var high)
            ? IsNumber(value, out var number) && number >= low && number <= high
            : pattern == value;
    }

    private static bool IsNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool Wild(ReadOnlySpan<char> pattern, ReadOnlySpan<char> value)
    {
        if (pattern.IsEmpty)
        {
            return value.IsEmpty;
        }

        if (pattern[0] == '@')
        {
            return Wild(pattern[1..], value) || (!value.IsEmpty && Wild(pattern, value[1..]));
        }

        return !value.IsEmpty && (pattern[0] == '_' || pattern[0] == value[0]) && Wild(pattern[1..], value[1..]);
    }
}
