using System.Globalization;
using CallCenter.Core.Tenancy;

namespace CallCenter.Web.Features.Tenants;

/// <summary>Countries as the reader calls them, from the culture data of this system.</summary>
internal static class CountryNames
{
    // By a culture of the country: some codes that cultures name, such as EA, cannot be looked up as a region by themselves.
    private static readonly Dictionary<string, RegionInfo> Regions = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(culture => new RegionInfo(culture.Name))
        .Where(region => Countries.Codes.Contains(region.TwoLetterISORegionName))
        .GroupBy(region => region.TwoLetterISORegionName, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    public static string Of(string code) => Regions.TryGetValue(code, out var region) ? region.DisplayName : code;

    public static IReadOnlyList<string> All() => [.. Countries.Codes.OrderBy(Of, StringComparer.CurrentCulture)];
}
