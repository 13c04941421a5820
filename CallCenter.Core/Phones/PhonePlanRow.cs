namespace CallCenter.Core.Phones;

/// <summary>A line of the table, as read.</summary>
internal sealed record PhonePlanRow(
    string Region,
    string Code,
    string International,
    string National,
    IReadOnlyList<int> Lengths,
    IReadOnlyList<PhoneFormatRow> Formats,
    string Trunk,
    string ParsePrefix,
    string Transform,
    string Leading,
    IReadOnlyList<PhoneTypeRow> Types);

internal sealed record PhoneFormatRow(string Pattern, string Abroad, string Leading, string AtHome);

/// <summary>Pattern of a kind of line; null when the country has none. Lengths null are those of the plan.</summary>
internal sealed record PhoneTypeRow(string? Pattern, int[]? Lengths);
