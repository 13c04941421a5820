using CallCenter.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

[Collection(EndToEndCollection.Name)]
public sealed class ExtensionsJourneyTests(EndToEndFixture fixture)
{
    [Theory]
    [InlineData("en", "demo", "Journey Desk", "Journey Lobby")]
    [InlineData("ar", "riyadh", "مكتب الرحلة", "ردهة الرحلة")]
    public async Task Extension_FromNextFreeNumberToDeletion_FollowsOnThePbx(string language, string slug, string name, string other)
    {
        var words = new Words(language);
        var pbx = fixture.Portal.Peers.Pbxs[slug];
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync($"owner@{slug}.example");
        await visitor.OpenAsync($"/{slug}/extensions");
        var page = visitor.Page;
        await Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        await visitor.TakeScreenshotAsync("extensions");

        await page.Keyboard.PressAsync("n");
        var form = page.Locator("dialog.modal form");
        await Expect(form.Locator("#create-Number")).Not.ToHaveValueAsync("");
        var number = await form.Locator("#create-Number").InputValueAsync();
        Assert.DoesNotContain(pbx.Accounts.Configured, account => account.Extension == number);
        await form.Locator("[type=submit]").ClickAsync();
        await Expect(form.Locator("#create-Name")).ToBeFocusedAsync();
        await form.Locator("#create-Name").FillAsync(name);
        await visitor.CheckPageAsync("create extension");
        await visitor.TakeScreenshotAsync("extension-create");
        await form.Locator("[type=submit]").ClickAsync();

        await page.FillAsync("#filter-q", number);
        var row = page.Locator("tbody tr", new() { HasText = number });
        await Expect(row.Locator(".ext-state")).ToContainTextAsync(words.Of<ExtensionsText>("State.Active"));
        Assert.Equal(name, pbx.Accounts.Running[number].FullName);

        await row.Locator(".row-open").ClickAsync();
        var drawer = page.Locator("dialog.drawer");
        await drawer.Locator(".ext-settings .btn-small").ClickAsync();
        await drawer.Locator("#edit-Name").FillAsync(other);
        await drawer.Locator(".save-bar [type=submit]").ClickAsync();
        await Expect(row.Locator("td[data-label]").First).ToContainTextAsync(other);
        await Expect(row.Locator(".ext-state")).ToContainTextAsync(words.Of<ExtensionsText>("State.Active"));
        Assert.Equal(other, pbx.Accounts.Running[number].FullName);
        await visitor.CheckPageAsync("extension");
        await visitor.TakeScreenshotAsync("extension-detail");

        var secret = pbx.Accounts.Running[number].Secret;
        await drawer.GetByRole(AriaRole.Button, new() { Name = words.Of<ExtensionsText>("Rotate"), Exact = true }).ClickAsync();
        await AnswerAsync(page, words.Of<ExtensionsText>("Rotate"));
        await Expect(row.Locator(".ext-state")).ToContainTextAsync(words.Of<ExtensionsText>("State.Changing"));
        await Expect(row.Locator(".ext-state")).ToContainTextAsync(words.Of<ExtensionsText>("State.Active"));
        Assert.NotEqual(secret, pbx.Accounts.Running[number].Secret);

        await drawer.Locator("#assign-person").ClickAsync();
        await drawer.Locator("[role=option]").First.ClickAsync();
        await Expect(drawer.Locator(".ext-owner .avatar")).ToBeVisibleAsync();

        await drawer.GetByRole(AriaRole.Button, new() { Name = words.Of<ExtensionsText>("Delete"), Exact = true }).ClickAsync();
        await AnswerAsync(page, words.Of<ExtensionsText>("Delete"));
        await Expect(row.Filter(new() { HasText = other })).ToHaveCountAsync(0);
        Assert.DoesNotContain(number, pbx.Accounts.Running.Keys);
    }

    [Theory]
    [InlineData("en", "demo", "Refused Desk")]
    [InlineData("ar", "riyadh", "مكتب مرفوض")]
    public async Task Extension_RefusedByThePbx_SaysTheLikelyCausesAndSucceedsWhenTriedAgain(string language, string slug, string name)
    {
        var words = new Words(language);
        var pbx = fixture.Portal.Peers.Pbxs[slug];
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync($"owner@{slug}.example");
        await visitor.OpenAsync($"/{slug}/extensions");
        var page = visitor.Page;
        pbx.Mishaps.Update(mishaps => mishaps with { RefuseWrites = -1, RefuseWritesWith = -25 });
        var row = page.Locator("tbody tr", new() { HasText = name });
        string number;
        try
        {
            await page.Keyboard.PressAsync("n");
            await Expect(page.Locator("#create-Number")).Not.ToHaveValueAsync("");
            number = await page.Locator("#create-Number").InputValueAsync();
            await page.Locator("#create-Name").FillAsync(name);
            await page.Locator("dialog.modal [type=submit]").ClickAsync();
            await page.FillAsync("#filter-q", number);
            await Expect(row.Locator(".ext-state")).ToContainTextAsync(words.Of<ExtensionsText>("Failed.Create"));
        }
        finally
        {
            pbx.Mishaps.Reset();
        }

        // The list draws itself anew while the state changes, and a click in that moment meets a row that is gone.
        await row.Locator(".row-open").ClickAsync();
        if (!await AppearsAsync(page.Locator(".ext-hints li").First))
        {
            await row.Locator(".row-open").ClickAsync();
        }

        await Expect(page.Locator(".ext-hints li").First).ToBeVisibleAsync();
        await visitor.CheckPageAsync("failed extension");
        await visitor.TakeScreenshotAsync("extension-failed");
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<ExtensionsText>("Retry"), Exact = true }).ClickAsync();

        await Expect(row.Locator(".ext-state")).ToContainTextAsync(words.Of<ExtensionsText>("State.Active"));
        Assert.Equal(name, pbx.Accounts.Running[number].FullName);
    }

    private static Task AnswerAsync(IPage page, string button) =>
        page.Locator("dialog[role=alertdialog]").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task<bool> AppearsAsync(ILocator locator)
    {
        try
        {
            await locator.WaitForAsync(new LocatorWaitForOptions { Timeout = 5_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
