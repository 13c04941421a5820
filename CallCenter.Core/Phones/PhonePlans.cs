using System.Collections.Frozen;
using System.Text.Json;

namespace CallCenter.Core.Phones;

/// <summary>
/// The numbering plans of the world: <c>phone-countries.json</c>, written by <c>tools/phone-countries</c> from libphonenumber-js
/// (MIT; the data is Google's, Apache-2.0). Read once, when the first number is.
/// </summary>
internal static class PhonePlans
{
    private const int LongestCode = 3;

    private static readonly Lazy<Tables> Loaded = new(Load);

    public static PhonePlan? OfRegion(string region) => Loaded.Value.ByRegion.GetValueOrDefault(region);

    /// <summary>Those that share the calling code with which the digits begin, the main one first; empty when there is none.</summary>
    public static IReadOnlyList<PhonePlan> OfDigits(ReadOnlySpan<char> digits)
    {
        // No code is the beginning of another.
        var byCode = Loaded.Value.ByCode.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = 1; length <= LongestCode && length < digits.Length; length++)
        {
            if (byCode.TryGetValue(digits[..length], out var plans))
            {
                return plans;
            }
        }

        return [];
    }

    private static Tables Load()
    {
        using var stream = typeof(PhonePlans).Assembly.GetManifestResourceStream("phone-countries.json")
            ?? throw new InvalidOperationException("The numbering plans are missing from the assembly.");
        using var document = JsonDocument.Parse(stream);
        var plans = document.RootElement.EnumerateArray().Select(row => new PhonePlan(Read(row))).ToList();
        return new Tables(
            plans.Where(plan => plan.Region != "001").ToFrozenDictionary(plan => plan.Region, StringComparer.OrdinalIgnoreCase),
            plans.GroupBy(plan => plan.Code).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal));
    }

    private static PhonePlanRow Read(JsonElement row) => new(
        Text(row[0]),
        Text(row[1]),
        Text(row[2]),
        Text(row[3]),
        [.. row[4].EnumerateArray().Select(length => length.GetInt32())],
        [.. row[5].EnumerateArray().Select(format => new PhoneFormatRow(Text(format[0]), Text(format[1]), Text(format[2]), Text(format[3])))],
        Text(row[6]),
        Text(row[7]),
        Text(row[8]),
        Text(row[9]),
        [.. row[10].EnumerateArray().Select(type => type.ValueKind == JsonValueKind.Array
            ? new PhoneTypeRow(Text(type[0]), type.GetArrayLength() > 1 ? [.. type[1].EnumerateArray().Select(length => length.GetInt32())] : null)
            : new PhoneTypeRow(null, null))]);

    private static string Text(JsonElement element) => element.GetString() ?? "";

    private sealed record Tables(FrozenDictionary<string, PhonePlan> ByRegion, FrozenDictionary<string, PhonePlan[]> ByCode);
}
