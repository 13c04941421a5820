using System.Text.RegularExpressions;
using CallCenter.Tests.Architecture;

namespace CallCenter.Tests.Localization;

/// <summary>One use of a text in the sources.</summary>
/// <param name="Path">Where.</param>
/// <param name="Marker">Whose texts.</param>
/// <param name="Expression">The key as written.</param>
/// <param name="Keys">Keys that it names outright; empty when they are made at run time.</param>
/// <param name="Prefix">What a key made at run time begins with; empty when nothing is known, null for keys named outright.</param>
internal sealed record TextUse(string Path, string Marker, string Expression, IReadOnlyList<string> Keys, string? Prefix);

/// <summary>
/// Finds <c>name[…]</c> where <c>name</c> was declared as <c>IStringLocalizer&lt;XText&gt; name</c> in the same file or the other
/// half of the component. Text matching, not a compiler: names of localizers must be unlike other names in their file.
/// </summary>
internal static partial class TextUses
{
    public static IReadOnlyList<TextUse> All { get; } = [.. Find()];

    private static IEnumerable<TextUse> Find()
    {
        var files = Sources.Files(["CallCenter.Web"], [".cs", ".razor"]).ToList();
        foreach (var component in files.GroupBy(file => file.Path.Replace(".razor.cs", ".razor", StringComparison.Ordinal)))
        {
            var names = component
                .SelectMany(file => Declaration().Matches(file.Text))
                .Select(match => (Marker: match.Groups[1].Value, Name: match.Groups[2].Value))
                .Distinct()
                .ToList();
            foreach (var (marker, name) in names)
            {
                foreach (var (path, text) in component)
                {
                    foreach (Match match in Regex.Matches(text, $@"(?<![\w.""]){Regex.Escape(name)}\["))
                    {
                        yield return Parse(path, marker, FirstArgument(text, match.Index + match.Length));
                    }
                }
            }
        }
    }

    private static TextUse Parse(string path, string marker, string expression)
    {
        if (expression.StartsWith("$\"", StringComparison.Ordinal))
        {
            return new TextUse(path, marker, expression, [], expression[2..].Split('{', '"')[0]);
        }

        // "A", or condition ? "A" : "B" — whose condition may compare with texts, so only what follows the question mark counts.
        var keys = expression.StartsWith('"') ? expression : expression[(expression.IndexOf('?', StringComparison.Ordinal) + 1)..];
        return expression.StartsWith('"') || expression.Contains('?', StringComparison.Ordinal)
            ? new TextUse(path, marker, expression, [.. Literal().Matches(keys).Select(match => match.Groups[1].Value)], null)
            : new TextUse(path, marker, expression, [], "");
    }

    /// <summary>Up to the comma or bracket that ends it, texts and nested brackets respected.</summary>
    private static string FirstArgument(string text, int start)
    {
        var depth = 0;
        var quoted = false;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    quoted = !quoted;
                    break;
                case '(' or '[' or '{' when !quoted:
                    depth++;
                    break;
                case ')' or ']' or '}' when !quoted && depth > 0:
                    depth--;
                    break;
                case ']' or ',' when !quoted && depth == 0:
                    return text[start..i].Trim();
            }
        }

        throw new InvalidOperationException($"No end of the key after: {text[start..Math.Min(text.Length, start + 60)]}");
    }

    [GeneratedRegex(@"IStringLocalizer<(\w+Text)>\s+(\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Literal();
}
