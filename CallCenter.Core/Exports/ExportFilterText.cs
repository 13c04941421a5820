namespace CallCenter.Core.Exports;

/// <summary>A selection as the query of an address: taken apart, put together, and in words.</summary>
public static class ExportFilterText
{
    /// <summary>Names whose values are words of the resources too, for example <c>Value.outcome.Answered</c>.</summary>
    public static readonly IReadOnlyList<string> WordedNames = ["outcome", "direction", "recorded", "noted", "weekday", "part", "part-not", "set", "compare", "step", "rule"];

    // Keys of rows say nothing to people.
    private static readonly string[] KeyNames = ["client-id", "disposition"];

    /// <summary>Names and values, in order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string query) =>
    [
        .. from pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries)
           let at = pair.IndexOf('=', StringComparison.Ordinal)
           where at > 0 && at < pair.Length - 1
           select KeyValuePair.Create(Uri.UnescapeDataString(pair[..at]), Uri.UnescapeDataString(pair[(at + 1)..].Replace('+', ' '))),
    ];

    /// <summary>The query, without a question mark.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    /// <summary>The selection in words, <c>Queue: 6500</c>; nothing when everything is selected.</summary>
    public static IReadOnlyList<string> Describe(string query, IExportWords words, string language) =>
    [
        .. Read(query).Where(pair => pair.Key != "client-id").Select(pair =>
        {
            var name = words[language, $"Filter.{pair.Key}"];
            return KeyNames.Contains(pair.Key) ? name : $"{name}: {(WordedNames.Contains(pair.Key) ? Worded(pair, words, language) : pair.Value)}";
        }),
    ];

    private static string Worded(KeyValuePair<string, string> pair, IExportWords words, string language) =>
        string.Join(", ", pair.Value.Split(',').Select(value => words[language, $"Value.{(pair.Key == "part-not" ? "part" : pair.Key)}.{value}"]));
}
