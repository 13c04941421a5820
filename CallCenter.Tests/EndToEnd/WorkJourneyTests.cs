using CallCenter.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>Callers who gave up are called back or dismissed; who works with whom and what a call can come to is set up.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class WorkJourneyTests(EndToEndFixture fixture)
{
    [Theory]
    [InlineData("en", "demo", 1440)]
    [InlineData("ar", "riyadh", 390)]
    public async Task Abandoned_CallBackThenDismissAndUndo_LeavesTheListAsItWas(string language, string slug, int width)
    {
        await fixture.EnsureCallsAsync();
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language, Width: width));
        await visitor.BecomeAsync($"owner@{slug}.example");
        await visitor.OpenAsync($"/{slug}/calls/abandoned");
        var page = visitor.Page;
        await Expect(page.Locator("nav [aria-current=page]")).ToHaveAttributeAsync("href", $"{slug}/calls/abandoned");
        await Expect(page.Locator(".nav-badge")).ToHaveCountAsync(1);

        // Oldest first, so what other tests call meanwhile comes behind.
        var key = await page.Locator("tbody tr").First.GetAttributeAsync("data-key");
        var row = page.Locator($"tbody tr[data-key='{key}']");
        await row.Locator("button.row-open").ClickAsync();
        var drawer = page.GetByRole(AriaRole.Dialog);
        await drawer.GetByRole(AriaRole.Button, new() { Name = words.Of<WorkText>("Claim.Do") }).ClickAsync();
        await Expect(drawer).ToContainTextAsync(words.Of<WorkText>("Claim.Mine"));
        await visitor.CheckPageAsync("call back");
        await visitor.TakeScreenshotAsync("abandoned-claimed");
        await drawer.GetByRole(AriaRole.Button, new() { Name = words.Of<WorkText>("Claim.Release") }).ClickAsync();
        await Expect(drawer.GetByRole(AriaRole.Button, new() { Name = words.Of<WorkText>("Claim.Do") })).ToBeVisibleAsync();

        await drawer.GetByRole(AriaRole.Button, new() { Name = words.Of<WorkText>("Dismiss.Open"), Exact = true }).ClickAsync();
        await visitor.CheckPageAsync("dismiss");
        await drawer.GetByRole(AriaRole.Button, new() { Name = words.Of<WorkText>("Dismiss.Do") }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<CommonText>("Undo") }).ClickAsync();
        await Expect(row).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("en", "demo", 1440)]
    [InlineData("ar", "riyadh", 390)]
    public async Task TeamsAndResults_AddChangeDelete_AreWhatWasTyped(string language, string slug, int width)
    {
        await fixture.EnsureCallsAsync();
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language, Width: width));
        await visitor.BecomeAsync($"owner@{slug}.example");
        var page = visitor.Page;
        var drawer = page.GetByRole(AriaRole.Dialog);
        var name = language == "ar" ? "فريق المساء" : "Evening team";

        await visitor.OpenAsync($"/{slug}/settings/teams");
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<WorkText>("Teams.Add") }).First.ClickAsync();
        await page.FillAsync("#team-name", name);
        await drawer.Locator("fieldset input[type=checkbox]").First.CheckAsync();
        await visitor.CheckPageAsync("team");
        await visitor.TakeScreenshotAsync("team-edit");
        await drawer.GetByRole(AriaRole.Button, new() { Name = words.Of<CommonText>("Save"), Exact = true }).ClickAsync();
        var team = page.Locator("tbody tr", new() { HasTextString = name });
        await Expect(team).ToHaveCountAsync(1);
        await team.Locator("button.row-open").ClickAsync();
        await drawer.GetByRole(AriaRole.Button, new() { Name = words.Of<WorkText>("Teams.Delete") }).ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = words.Of<WorkText>("Teams.Delete") }).ClickAsync();
        await Expect(team).ToHaveCountAsync(0);

        // A result is never deleted: it retires.
        await visitor.OpenAsync($"/{slug}/settings/dispositions");
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<WorkText>("Dispositions.Add") }).First.ClickAsync();
        await page.FillAsync("#disposition-english", "Will visit");
        await page.FillAsync("#disposition-arabic", "سيزورنا");
        await visitor.CheckPageAsync("result");
        await visitor.TakeScreenshotAsync("disposition-edit");
        await drawer.GetByRole(AriaRole.Button, new() { Name = words.Of<CommonText>("Save"), Exact = true }).ClickAsync();
        var result = page.Locator("tbody tr", new() { HasTextString = language == "ar" ? "سيزورنا" : "Will visit" });
        await result.Locator("button.row-open").ClickAsync();
        await page.UncheckAsync("#disposition-active");
        await drawer.GetByRole(AriaRole.Button, new() { Name = words.Of<CommonText>("Save"), Exact = true }).ClickAsync();
        await Expect(result).ToContainTextAsync(words.Of<WorkText>("Dispositions.Retired"));
    }
}
