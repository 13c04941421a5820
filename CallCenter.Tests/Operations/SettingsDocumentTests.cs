using System.Text.Json;
using System.Text.RegularExpressions;
using CallCenter.Tests.Architecture;
using CallCenter.Web.Commands;

namespace CallCenter.Tests.Operations;

/// <summary>What the documents promise an operator, compared with the code.</summary>
public sealed partial class SettingsDocumentTests
{
    private static readonly string Operations = File.ReadAllText(Path.Combine(Sources.Root, "docs", "operations.md"));

    [Fact]
    public void ConfigurationTable_EverySection_IsNamed()
    {
        var sections = Sources.Shipped()
            .SelectMany(file => SectionPattern().Matches(file.Text).Select(match => match.Groups[1].Value))
            .Distinct(StringComparer.Ordinal);

        Assert.DoesNotContain(sections, section => !Operations.Contains($"`{section}:", StringComparison.Ordinal));
    }

    [Fact]
    public void ConfigurationTable_EveryJob_IsNamed()
    {
        var jobs = Sources.Shipped()
            .SelectMany(file => JobPattern().Matches(file.Text).Select(match => match.Groups[1].Value))
            .Distinct(StringComparer.Ordinal)
            .ToList();

        Assert.NotEmpty(jobs);
        Assert.DoesNotContain(jobs, job => !Operations.Contains($"`Jobs:Intervals:{job}`", StringComparison.Ordinal));
    }

    [Fact]
    public void ExitCodes_Each_IsListed() =>
        Assert.All(Enum.GetValues<ExitCode>(), code => Assert.Contains($"\n| {(int)code} | ", Operations, StringComparison.Ordinal));

    [Fact]
    public void Example_Settings_AreJsonWithoutAKey()
    {
        var text = File.ReadAllText(Path.Combine(Sources.Root, "appsettings.Development.json.example"));

        using var example = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

        Assert.Equal("", example.RootElement.GetProperty("Secrets").GetProperty("Keys").GetProperty("dev").GetString());
    }

    [GeneratedRegex("const string Section = \"([^\"]+)\"")]
    private static partial Regex SectionPattern();

    [GeneratedRegex("(?:AddTenantJob<\\w+>\\(|JobName = )\"([a-z-]+)\"")]
    private static partial Regex JobPattern();
}
