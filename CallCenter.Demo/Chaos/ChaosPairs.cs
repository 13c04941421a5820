using System.Text.Json;
using System.Text.Json.Nodes;

namespace CallCenter.Demo.Chaos;

/// <summary>Settings by name in one line: <c>4001=486, 4002=503</c>.</summary>
internal static class ChaosPairs
{
    public static string Write(JsonObject values) => string.Join(", ", values.Select(value => $"{value.Key}={value.Value}"));

    /// <exception cref="JsonException">A part has no name or no value.</exception>
    public static JsonObject Read(string text)
    {
        var values = new JsonObject();
        foreach (var part in text.Split([',', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } value])
            {
                throw new JsonException($"'{part}' is no pair such as 4001=486.");
            }

            values[name] = value;
        }

        return values;
    }
}
