using System.Globalization;
using System.Text.Json;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Reads JSON of a peer that mixes numbers and strings, spells names in different cases and leaves things out.</summary>
internal static class JsonTolerance
{
    /// <summary>The property, whatever its case; null when absent, JSON null, or when this is no object.</summary>
    public static JsonElement? Find(this JsonElement element, string name) =>
        element.TryFindProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) ? value : null;

    /// <summary>Whether there is such a property, whatever its case and even if it is null.</summary>
    public static bool TryFindProperty(this JsonElement element, string name, out JsonElement value)
    {
        value = default;
        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (property.TryName(out var found) && string.Equals(found, name, StringComparison.OrdinalIgnoreCase))
            {
                value = property.Value;
                return true;
            }
        }

        return false;
    }

    /// <summary>A scalar property as trimmed text; empty when absent or not a scalar.</summary>
    public static string Text(this JsonElement element, string name) => element.Find(name)?.AsText() ?? "";

    /// <summary>A scalar as trimmed text without control characters; empty for anything else.</summary>
    public static string AsText(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Clean(StringOf(element)),
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

    /// <summary>The name, unless it holds an escape that is no character.</summary>
    public static bool TryName(this JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }

    // Half a surrogate pair is valid JSON but no text; its raw form at least keeps rows apart.
    private static string StringOf(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText().Trim('"');
        }
    }

    private static string Clean(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return string.Concat(text.Where(x => !char.IsControl(x))).Trim();
            }
        }

        return text.Trim();
    }
}
