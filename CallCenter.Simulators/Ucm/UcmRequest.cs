using System.Text.Json;

namespace CallCenter.Simulators.Ucm;

/// <summary>The object under <c>request</c>. Numbers and strings are taken alike.</summary>
internal sealed class UcmRequest(JsonElement fields)
{
    /// <summary>Stands for JSON null in <see cref="Fields"/>; no value of a field looks like it.</summary>
    public const string Null = "\0";

    public string Action => Text("action") ?? "";

    /// <summary>Field as text; null when absent.</summary>
    public string? Text(string name) => fields.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => value.GetRawText(),
        }
        : null;

    /// <summary>All fields but the action and the cookie.</summary>
    public Dictionary<string, string> Fields() => fields.EnumerateObject()
        .Where(f => f.Name is not ("action" or "cookie"))
        .ToDictionary(f => f.Name, f => Text(f.Name) ?? Null);
}
