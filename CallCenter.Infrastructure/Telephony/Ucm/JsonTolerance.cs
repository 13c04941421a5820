using System.Globalization;
using System.Text.Json;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Reads JSON of a peer that mixes numbers and strings, spells names in different cases and leaves things out.</summary>
internal static class JsonTolerance
{
    /// <summary>The property, whatever its case; null when absent, JSON null, or when this is no object.</summary>
    public static JsonElement? Find(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (!element.TryGetProperty(name, out var value))
        {
            foreach (var property in element.EnumerateObject())
            {
                if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    value = property.Value;
                    break;
                }
            }
        }

        return value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : value;
    }

    /// <summary>A scalar property as trimmed text; empty when absent or not a scalar.</summary>
    public static string Text(this JsonElement element, string name) => element.Find(name)?.AsText() ?? "";

    /// <summary>A scalar as trimmed text; empty for anything else.</summary>
    public static string AsText(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!.Trim(),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => "",
    };

    /// <summary>A whole number, written as number or text; null when it is none.</summary>
    public static int? WholeNumber(this JsonElement element, string name) =>
        double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : null;
}
