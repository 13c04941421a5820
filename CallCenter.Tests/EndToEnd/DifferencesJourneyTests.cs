using CallCenter.Core.Extensions;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>From an extension that only the PBX has to one that both agree on.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class DifferencesJourneyTests(EndToEndFixture fixture)
{
    [Theory]
    [InlineData("en", "demo", 1440, "light")]
    [InlineData("ar", "riyadh", 390, "dark")]
    public async Task Differences_AdoptChangeThereAndTake_EndsInAgreement(string language, string slug, int width, string theme)
    {
        var words = new Words(language);
        var number = await FoundAsync(slug);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language, theme, width));
        await visitor.BecomeAsync($"owner@{slug}.example");
        await visitor.OpenAsync($"/{slug}/extensions/differences");
        var page = visitor.Page;

        var found = page.Locator($"[data-section=found] li[data-number='{number}']");
        await found.Locator("input[type=checkbox]").CheckAsync();
        await visitor.CheckPageAsync("found extensions");
        await visitor.TakeScreenshotAsync("differences-found");
        await page.Locator("[data-act=adopt]").ClickAsync();
        await Expect(found).ToHaveCountAsync(0);

        fixture.Portal.Peers.Pbxs[slug].Accounts.ChangeInWebUi(number, new KeyValuePair<string, string>("cidnumber", "3500"), new("dnd", "yes"));
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<DifferencesText>("Compare"), Exact = true }).ClickAsync();
        var difference = page.Locator("[data-section=differ] details", new() { HasText = number });
        await Expect(difference.Locator("[data-field=CallerId]")).ToContainTextAsync("3500");
        await visitor.CheckPageAsync("differing extensions");
        await visitor.TakeScreenshotAsync("differences-differ");

        // By the keyboard: the PBX's value of both fields, then the act.
        foreach (var field in new[] { "CallerId", "DoNotDisturb" })
        {
            await difference.Locator($"[data-field={field}] input[value=pbx]").FocusAsync();
            await page.Keyboard.PressAsync("Space");
            await Expect(difference.Locator($"[data-field={field}] input[value=pbx]")).ToBeCheckedAsync();
        }

        // The button wakes with the last choice, one round trip later; a sleeping one takes no focus.
        await Expect(difference.Locator("[data-act=settle]")).ToBeEnabledAsync();
        await difference.Locator("[data-act=settle]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(difference).ToHaveCountAsync(0);
        await using var db = fixture.Portal.Database.Global().CreateDbContext();
        var kept = await db.Set<Extension>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter]).SingleAsync(e => e.Number == number && e.Wanted.CallerId == "3500");
        Assert.Equal((ExtensionState.Active, true, 0), (kept.State, kept.Wanted.DoNotDisturb, kept.DifferenceCount));
    }

    /// <summary>The highest number that the portal's own job has found.</summary>
    private async Task<string> FoundAsync(string slug)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            await using var db = fixture.Portal.Database.Global().CreateDbContext();
            var numbers = await (from e in db.Set<Extension>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter])
                                 join t in db.Set<Core.Tenancy.Tenant>() on e.TenantId equals t.Id
                                 where t.Slug == slug && e.State == ExtensionState.Found
                                 select e.Number).ToListAsync();
            if (numbers.Count > 0)
            {
                return numbers.Max(StringComparer.Ordinal)!;
            }

            await Task.Delay(200);
        }

        Assert.Fail("The job found no extension.");
        return "";
    }
}
