namespace CallCenter.Tests.Localization;

/// <summary>English and Arabic are complete, equal in shape, and hold nothing that nobody shows.</summary>
public sealed class ResourceTests
{
    // Names of products, the same in every language.
    private static readonly string[] Names = ["Grandstream UCM", "Asterisk"];

    public static TheoryData<string> Markers => [.. ResourceFiles.All.Select(file => file.Marker)];

    [Theory]
    [MemberData(nameof(Markers))]
    public void Languages_SameKeys(string marker)
    {
        var file = ResourceFiles.Of(marker);

        None(file.English.Keys.Except(file.Arabic.Keys).Select(key => $"{marker}.ar.resx lacks {key}"));
        None(file.Arabic.Keys.Except(file.English.Keys).Select(key => $"{marker}.resx lacks {key}"));
    }

    [Theory]
    [MemberData(nameof(Markers))]
    public void Languages_SamePlaces(string marker)
    {
        var file = ResourceFiles.Of(marker);

        None(
            from pair in file.English
            where file.Arabic.ContainsKey(pair.Key) && ResourceFiles.PlacesOf(pair.Value) != ResourceFiles.PlacesOf(file.Arabic[pair.Key])
            select $"{marker}.{pair.Key}: {pair.Value} / {file.Arabic[pair.Key]}");
    }

    [Theory]
    [MemberData(nameof(Markers))]
    public void Texts_NeverEmpty(string marker)
    {
        var file = ResourceFiles.Of(marker);

        None(file.English.Concat(file.Arabic).Where(pair => string.IsNullOrWhiteSpace(pair.Value)).Select(pair => $"{marker}.{pair.Key}"));
    }

    [Theory]
    [MemberData(nameof(Markers))]
    public void Arabic_IsArabic(string marker)
    {
        // Names and codes may stay as they are; a text with words in English must have a letter of Arabic.
        var file = ResourceFiles.Of(marker);

        None(
            from pair in file.Arabic
            where !pair.Value.Any(c => c is >= '\u0600' and <= '\u06FF')
            where !Names.Contains(pair.Value)
            where file.English.GetValueOrDefault(pair.Key)?.Any(char.IsAsciiLetterLower) == true
            select $"{marker}.{pair.Key}: {pair.Value}");
    }

    [Theory]
    [MemberData(nameof(Markers))]
    public void Keys_UsedAndPresent(string marker)
    {
        var present = ResourceFiles.Of(marker).English.Keys;
        var uses = TextUses.All.Where(use => use.Marker == marker).ToList();
        var families = TextFamilies.All.Where(family => family.Marker == marker).ToList();
        var named = uses.SelectMany(use => use.Keys).ToHashSet(StringComparer.Ordinal);
        var known = named.Concat(families.SelectMany(f => f.Required)).Concat(families.SelectMany(f => f.Optional ?? [])).ToHashSet(StringComparer.Ordinal);

        None(uses.SelectMany(use => use.Keys.Except(present).Select(key => $"{use.Path} shows {marker}.{key}, which does not exist")));
        None(families.SelectMany(f => f.Required).Except(present).Select(key => $"{marker} lacks {key}"));

        // Texts may land before their first page.
        if (uses.Count > 0)
        {
            None(present.Except(known).Select(key => $"Nobody shows {marker}.{key}"));
        }
    }

    [Fact]
    public void KeysMadeAtRunTime_BelongToAFamily()
    {
        var strays = TextUses.All
            .Where(use => use.Prefix is not null)
            .Where(use => !TextFamilies.All.Any(family => family.Marker == use.Marker && use.Prefix!.StartsWith(family.Prefix, StringComparison.Ordinal)))
            .Select(use => $"{use.Path}: {use.Marker}[{use.Expression}]");

        None(strays);
    }

    private static void None(IEnumerable<string> faults)
    {
        var list = faults.ToList();
        Assert.True(list.Count == 0, string.Join(Environment.NewLine, list));
    }
}
