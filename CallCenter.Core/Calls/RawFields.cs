using System.Text.Json;

namespace CallCenter.Core.Calls;

/// <summary>Takes a row of the PBX apart for reading, without changing a word of it.</summary>
public static class RawFields
{
    /// <summary>Names and values in the row's order; what is nested stays JSON. Empty for what is no JSON object, such as a line of a file.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string raw)
    {
        try
        {
            using var document = JsonDocument.Parse(raw);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, TextOf(field.Value)))]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : value.GetRawText();
}
