using System.Text.RegularExpressions;
using System.Xml.Linq;
using CallCenter.Tests.Architecture;

namespace CallCenter.Tests.Localization;

/// <summary>The texts of one feature in both languages, as the files have them.</summary>
/// <param name="Marker">Name of the marker class, e.g. <c>UsersText</c>.</param>
/// <param name="English">By key.</param>
/// <param name="Arabic">By key.</param>
internal sealed partial record ResourceFiles(string Marker, IReadOnlyDictionary<string, string> English, IReadOnlyDictionary<string, string> Arabic)
{
    private static readonly string Folder = Path.Combine(Sources.Root, "CallCenter.Web", "Resources");

    public static IReadOnlyList<ResourceFiles> All { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*Text.resx").Order(StringComparer.Ordinal)
            .Select(Path.GetFileNameWithoutExtension)
            .Select(marker => new ResourceFiles(marker!, Read($"{marker}.resx"), Read($"{marker}.ar.resx"))),
    ];

    public static ResourceFiles Of(string marker) => All.Single(file => file.Marker == marker);

    /// <summary>The places of a text, e.g. <c>{0},{1}</c>.</summary>
    public static string PlacesOf(string text) =>
        string.Join(',', Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    private static Dictionary<string, string> Read(string file)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var data in XDocument.Load(Path.Combine(Folder, file)).Root!.Elements("data"))
        {
            var key = (string)data.Attribute("name")!;
            Assert.True(texts.TryAdd(key, (string)data.Element("value")!), $"{file} has {key} twice.");
        }

        return texts;
    }

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Place();
}
