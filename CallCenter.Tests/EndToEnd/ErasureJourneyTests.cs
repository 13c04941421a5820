using System.Text.RegularExpressions;
using CallCenter.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The dry run of retention, then a client's number erased from preview to certificate.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class ErasureJourneyTests(EndToEndFixture fixture)
{
    [Theory]
    [InlineData("en", "demo", 1440, "+353209157731")]
    [InlineData("ar", "riyadh", 390, "+966509157731")]
    public async Task Retention_DryRunThenErase_EndsWithACertificateThatHolds(string language, string slug, int width, string number)
    {
        await fixture.EnsureCallsAsync();
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language, Width: width));
        await visitor.BecomeAsync($"owner@{slug}.example");
        var page = visitor.Page;

        await visitor.OpenAsync($"/{slug}/recordings/retention");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = words.Of<RetentionText>("Dry"), Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<RetentionText>("Dry.Refresh") }).ClickAsync();
        await Expect(page.Locator(".retention")).ToBeVisibleAsync();

        // A client with the number, and the way from its page.
        await visitor.OpenAsync($"/{slug}/clients");
        await page.Locator("[data-new]").ClickAsync();
        await page.Locator("#client-name").FillAsync($"Erase {number[^4..]}");
        await page.Locator("#client-number-0").FillAsync(number);
        await page.GetByRole(AriaRole.Dialog).Locator("button[type=submit]").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/clients/[0-9a-f-]{36}$"));
        await page.Locator(".client-number-list a[href*='recordings/erase']").ClickAsync();

        await Expect(page.Locator("#erase-number")).ToHaveValueAsync(number);
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<ErasureText>("Look") }).ClickAsync();
        await Expect(page.Locator("[data-kind=client_numbers]")).ToBeVisibleAsync();
        await visitor.CheckPageAsync("erase preview");
        await visitor.TakeScreenshotAsync("erase-preview");
        await page.FillAsync("#erase-digits", number[^4..]);
        await page.FillAsync("#erase-reason", $"Letter about {number}");
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<ErasureText>("Erase"), Exact = true }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/recordings/erase/[0-9a-f-]{36}$"));
        await Expect(page.Locator("[data-erasure=Done]")).ToBeVisibleAsync();
        await Expect(page.Locator(".erasure-facts")).Not.ToContainTextAsync(number[^9..]);
        await page.FillAsync("#verify-number", number);
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<ErasureText>("Verify.Run"), Exact = true }).ClickAsync();
        await Expect(page.Locator(".erasure-checks")).ToContainTextAsync(words.Of<ErasureText>("Verify.NumberGood"));
        await Expect(page.Locator(".erasure-checks")).ToContainTextAsync(words.Of<ErasureText>("Verify.SealGood"));
        await Expect(page.Locator(".erasure-checks")).ToContainTextAsync(words.Of<ErasureText>("Verify.LeftNone"));
        await visitor.CheckPageAsync("erase certificate");
        await visitor.TakeScreenshotAsync("erase-certificate");
    }
}
