using System.Globalization;
using CallCenter.Simulators.Calls;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

[Collection(PagesCollection.Name)]
public sealed class DashboardJourneyTests(EndToEndFixture fixture)
{
    [Theory]
    [InlineData("en", "demo", "light", 1440)]
    [InlineData("ar", "riyadh", "light", 1440)]
    [InlineData("ar", "riyadh", "dark", 390)]
    public async Task Dashboard_CallArrives_FiguresFollowAndLeadToTheCalls(string language, string slug, string theme, int width)
    {
        await fixture.EnsureCallsAsync();
        var words = new Words(language);
        var pbx = fixture.Portal.Peers.Pbxs[slug];
        var first = pbx.AddCall(Scenario.QueueAnswered)[^1];
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language, theme, width));
        await visitor.BecomeAsync($"manager@{slug}.example");
        await SyncAsync(visitor, words, slug, first.From);

        // The home of managers.
        await visitor.OpenAsync($"/{slug}");
        await visitor.Page.ReachesAsync($"/{slug}/dashboard");
        var page = visitor.Page;
        var offered = page.Locator($"section.tile[aria-label='{words.Of<FiguresText>("Metric.Offered")}']");
        await Expect(offered).ToBeVisibleAsync();
        var before = await ValueAsync(offered);
        await visitor.TakeScreenshotAsync("dashboard-journey");
        await visitor.CheckPageAsync("dashboard");

        // Another page fetches a new call; this one follows by itself.
        var second = pbx.AddCall(Scenario.QueueAnswered)[^1];
        await using (var other = await fixture.VisitAsync(new VisitorOptions(language)))
        {
            await other.BecomeAsync($"manager@{slug}.example");
            await SyncAsync(other, words, slug, second.From);
        }

        await Expect(offered.Locator(".tile-value")).Not.ToHaveTextAsync(before.ToString("N0", CultureInfo.InvariantCulture));
        var after = await ValueAsync(offered);
        Assert.True(after > before);

        await offered.Locator("summary").ClickAsync();
        await Expect(offered.Locator(".how-body")).ToContainTextAsync(words.Of<FiguresText>("Formula.Offered"));
        await visitor.TakeScreenshotAsync("dashboard-how");
        await offered.Locator(".how-body a").ClickAsync();
        await page.ReachesAsync($"/{slug}/calls?");
        await visitor.WaitUntilReadyAsync();
    }

    private static async Task SyncAsync(Visitor visitor, Words words, string slug, string from)
    {
        await visitor.OpenAsync($"/{slug}/calls");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = words.Of<CallsText>("Sync.Now") }).ClickAsync();
        await visitor.Page.Locator($"xpath=//tbody/tr[.//*[contains(text(), '{PhoneGrouping.Group(from)}')]]").First.WaitForAsync();
    }

    private static async Task<int> ValueAsync(ILocator tile) =>
        int.Parse(await tile.Locator(".tile-value").InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
