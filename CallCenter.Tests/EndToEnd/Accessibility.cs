using System.Globalization;
using System.Text;
using System.Text.Json;
using CallCenter.Demo.Processes;
using Microsoft.Playwright;

namespace CallCenter.Tests.EndToEnd;

/// <summary>axe-core on the page as it is now.</summary>
internal static class Accessibility
{
    private static readonly string Script = Path.Combine(RepositoryRoot.Find(), "CallCenter.Tests", "node_modules", "axe-core", "axe.min.js");

    /// <summary>Makes axe part of every page of the context. A script tag would be refused by the portal's content security policy.</summary>
    public static Task PrepareAsync(IBrowserContext context) => context.AddInitScriptAsync(scriptPath: Script);

    /// <summary>Fails with every violation of WCAG 2.1 A and AA, its elements and the way to mend it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="what">Which one, for who reads the failure.</param>
    /// <param name="colours">Contrast too, which costs more than all else together.</param>
    public static Task AssertNoViolationsAsync(IPage page, string what, bool colours = true) =>
        AssertAsync(page, what, "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']", colours ? "{}" : "{ 'color-contrast': { enabled: false } }");

    /// <summary>As <see cref="AssertNoViolationsAsync"/>, by the one rule that colours can break.</summary>
    public static Task AssertContrastAsync(IPage page, string what) => AssertAsync(page, what, "{ type: 'rule', values: ['color-contrast'] }", "{}");

    private static async Task AssertAsync(IPage page, string what, string only, string rules)
    {
        var answer = await page.EvaluateAsync<JsonElement>(
            $$"""
            async () => {
              const result = await axe.run(document, { runOnly: {{only}}, rules: {{rules}}, resultTypes: ['violations'] });
              return result.violations.map(v => ({ id: v.id, impact: v.impact, help: v.help, url: v.helpUrl,
                nodes: v.nodes.map(n => ({ target: n.target.join(' '), html: n.html.slice(0, 300), summary: n.failureSummary })) }));
            }
            """);
        Assert.True(answer.GetArrayLength() == 0, Describe(answer, what));
    }

    private static string Describe(JsonElement violations, string what)
    {
        var text = new StringBuilder($"Accessibility of {what}:\n");
        foreach (var violation in violations.EnumerateArray())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {violation.GetProperty("id")} ({violation.GetProperty("impact")}): {violation.GetProperty("help")}  {violation.GetProperty("url")}");
            foreach (var node in violation.GetProperty("nodes").EnumerateArray())
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"    {node.GetProperty("target")}\n      {node.GetProperty("html")}\n      {node.GetProperty("summary").GetString()?.ReplaceLineEndings("\n      ")}");
            }
        }

        return text.ToString();
    }
}
