using System.Collections.Frozen;

namespace CallCenter.Core.Phones;

/// <summary>Numbers of police, fire and ambulance. 112 and 911 are taken for such everywhere, as phones do.</summary>
internal static class EmergencyNumbers
{
    private static readonly FrozenSet<string> Everywhere = new[] { "112", "911" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string[]> ByRegion = new Dictionary<string, string[]>
    {
        ["AE"] = ["997", "998", "999"],
        ["BH"] = ["999"],
        ["DE"] = ["110"],
        ["DZ"] = ["14", "17", "1055", "1548"],
        ["EG"] = ["122", "123", "180"],
        ["FR"] = ["15", "17", "18", "114", "115", "119"],
        ["GB"] = ["999"],
        ["IE"] = ["999"],
        ["IN"] = ["100", "101", "102", "108"],
        ["IQ"] = ["104", "115", "122"],
        ["IT"] = ["113", "115", "118"],
        ["JO"] = ["191", "193", "199"],
        ["LB"] = ["125", "140", "160", "175"],
        ["MA"] = ["15", "19", "150", "177", "190"],
        ["OM"] = ["9999"],
        ["PK"] = ["15", "16", "115", "1122"],
        ["QA"] = ["999"],
        ["SA"] = ["993", "996", "997", "998", "999"],
        ["TN"] = ["190", "193", "197", "198"],
        ["TR"] = ["110", "155", "156"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string region, string digits) =>
        digits.Length <= 4 && (Everywhere.Contains(digits) || (ByRegion.TryGetValue(region, out var numbers) && numbers.Contains(digits)));
}
