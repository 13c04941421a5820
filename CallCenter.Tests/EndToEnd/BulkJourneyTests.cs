using System.Text.RegularExpressions;
using CallCenter.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

[Collection(EndToEndCollection.Name)]
public sealed class BulkJourneyTests(EndToEndFixture fixture)
{
    [Theory]
    [InlineData("en", "demo", "Number,Name,Web phone\n880001,Maha Salem,yes\n880002,Nora Quinn,perhaps\n880003,Liam Byrne,no\n")]
    [InlineData("ar", "riyadh", "الرقم;الاسم;هاتف الويب\n٨٨٠٠٠١;مها سالم;نعم\n٨٨٠٠٠٢;نورة خالد;ربما\n٨٨٠٠٠٣;سلمان علي;لا\n")]
    public async Task CreateFromPastedLines_RefusesTheBadOneAndFollowsTheRunToItsEnd(string language, string slug, string csv)
    {
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync($"owner@{slug}.example");
        await visitor.OpenAsync($"/{slug}/extensions/new-many?from=csv");
        var page = visitor.Page;

        await page.FillAsync("#bulk-paste", csv);
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<ExtensionBulkText>("Preview"), Exact = true }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);
        await page.CheckAsync("#bulk-only-refused");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("880002");
        await visitor.TakeScreenshotAsync("bulk-preview");
        await visitor.CheckPageAsync("bulk preview");

        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<ExtensionBulkText>("Start.Create", "2") }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/extensions/runs/[0-9a-f-]{36}$"));
        await Expect(page.Locator(".run-card .badge")).ToHaveTextAsync(words.Of<ExtensionBulkText>("State.Done"));
        await Expect(page.Locator(".run-figures dd").First).ToHaveTextAsync("2");
        await visitor.TakeScreenshotAsync("bulk-run");
        await visitor.CheckPageAsync("bulk run");
        var accounts = fixture.Portal.Peers.Pbxs[slug].Accounts.Running;
        Assert.True(accounts.ContainsKey("880001"));
        Assert.False(accounts.ContainsKey("880002"));
        Assert.False(accounts["880003"].IsWebRtc);
    }

    [Fact]
    public async Task Preview_OnAPhone_FitsAndIsAccessible()
    {
        await using var visitor = await fixture.VisitAsync(new VisitorOptions("ar", "dark", 390));
        await visitor.BecomeAsync("owner@riyadh.example");
        await visitor.OpenAsync("/riyadh/extensions/new-many?from=csv");

        await visitor.Page.FillAsync("#bulk-paste", "الاسم,الرقم\nمها سالم,1\nنورة خالد,990001\n");
        await visitor.Page.Keyboard.PressAsync("Tab");
        var preview = visitor.Page.Locator("form .btn-primary").First;
        await Expect(preview).ToBeEnabledAsync();
        await preview.PressAsync("Enter");
        await Expect(visitor.Page.Locator("tbody tr")).ToHaveCountAsync(2);

        await visitor.TakeScreenshotAsync("bulk-preview-phone");
        await visitor.CheckPageAsync("bulk preview on a phone");
    }
}
