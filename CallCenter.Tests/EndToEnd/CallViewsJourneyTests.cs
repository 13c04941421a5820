using System.Text.RegularExpressions;
using CallCenter.Simulators.Calls;
using CallCenter.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>Finding calls the way managers do: numbers as they are spelt, names, queues, the own columns, and views that come back.</summary>
[Collection(PagesCollection.Name)]
public sealed class CallViewsJourneyTests(EndToEndFixture fixture)
{
    private const float Patience = 60_000;

    [Theory]
    [InlineData("en", "demo")]
    [InlineData("ar", "riyadh")]
    public async Task Calls_SearchChooseColumnsAndKeepAView_FindAndComeBack(string language, string slug)
    {
        await fixture.EnsureCallsAsync();
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync($"admin@{slug}.example");
        var page = visitor.Page;
        var call = fixture.Portal.Peers.Pbxs[slug].Ledger.Calls.Last(known =>
            known.Direction == LedgerDirection.Inbound && known.Outcome == LedgerOutcome.Answered && known.From.StartsWith('+') && known.EndUtc < TimeProvider.System.GetUtcNow().AddDays(-1));

        // The number as people write it: 00 for plus with blanks, or in Arabic digits.
        await visitor.OpenAsync($"/{slug}/calls");
        await page.FillAsync("#filter-q", Spelt(call.From, language));
        await Expect(page.Locator(".filter-chip")).ToHaveCountAsync(1);
        await Expect(page.Locator(".pager")).ToHaveCountAsync(0);
        var tail = call.From[^7..];
        Assert.All(await page.Locator("tbody tr").AllInnerTextsAsync(), text => Assert.Contains(tail, text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
        await page.Locator(".filter-chip").ClickAsync();
        await Expect(page.Locator(".filter-chip")).ToHaveCountAsync(0);

        // By queue, chosen by name with the keyboard; the number goes into the address.
        await page.ClickAsync("#filters-more");
        await page.FocusAsync("#filter-queue");
        await Expect(page.Locator("#filter-queue-list li").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("#filter-queue")).ToHaveAttributeAsync("aria-activedescendant", "filter-queue-option-0");
        await visitor.CheckPageAsync("calls pick list");
        await visitor.TakeScreenshotAsync("calls-pick");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(@"queue=\d+"));
        await Expect(page.Locator(".filter-chip bdi")).ToContainTextAsync(new Regex(@"\(\d+\)"));

        // The own columns, by keyboard.
        await page.FocusAsync("#columns-menu");
        await page.Keyboard.PressAsync("Enter");
        await page.FocusAsync("#column-queue");
        await page.Keyboard.PressAsync("Space");
        var head = page.Locator("thead th", new() { HasTextString = words.Of<CallsText>("Column.Queue") });
        await Expect(head).ToBeVisibleAsync();
        await visitor.CheckPageAsync("calls columns");
        await visitor.TakeScreenshotAsync("calls-columns");
        await page.Keyboard.PressAsync("Escape");
        await visitor.OpenAsync($"/{slug}/calls");
        await Expect(head).ToBeVisibleAsync();

        // Kept as a view, which a reload and another visit bring back.
        await page.SelectOptionAsync("#filter-outcome", "Answered");
        await page.SelectOptionAsync("#filter-range", "last-30-days");
        await Expect(page.Locator(".filter-chip")).ToHaveCountAsync(2);
        await page.ClickAsync("#views-menu");
        await page.ClickAsync("#view-save");
        var name = language == "ar" ? "ما أُجيب هذا الشهر" : "Answered lately";
        await page.FillAsync("#view-name", name);
        await visitor.CheckPageAsync("save view");
        await visitor.TakeScreenshotAsync("view-save");
        await page.CheckAsync("#view-default");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("[?&]view="));
        await Expect(page.Locator("#views-menu")).ToContainTextAsync(name);
        await visitor.OpenAsync($"/{slug}/calls");
        await Expect(page).ToHaveURLAsync(new Regex("outcome=Answered.*cols=.*view="));
        await Expect(page.Locator(".filter-chip")).ToHaveCountAsync(2);
        await Expect(head).ToBeVisibleAsync();

        // The next page is the view's too.
        var first = await page.Locator("tbody tr").First.GetAttributeAsync("data-key");
        await page.Locator(".pager a[rel=next]").ClickAsync();
        await Expect(page.Locator($"tbody tr[data-key='{first}']")).ToHaveCountAsync(0);
        await Expect(page.Locator(".filter-chip")).ToHaveCountAsync(2);

        // A call's link leads to the call.
        await page.Locator("tbody tr button.row-open").First.ClickAsync();
        var drawer = page.GetByRole(AriaRole.Dialog);
        var link = await drawer.Locator(".call-acts [data-copy]").GetAttributeAsync("data-copy");
        await Expect(drawer.Locator("#raw-show")).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync(link!);
        await visitor.WaitUntilReadyAsync();
        Assert.Matches($"/{slug}/calls/[0-9a-f-]{{36}}$", page.Url);
        await page.ClickAsync("#raw-show");
        await Expect(page.Locator(".raw-fields").First.Locator("dt", new() { HasTextString = "AcctId" })).ToBeVisibleAsync();
        await page.Locator(".call-raw").ScrollIntoViewIfNeededAsync();
        await visitor.CheckPageAsync("raw rows on a phone");
        await visitor.TakeScreenshotAsync("call-raw-phone");

        // On a phone: the same menus over cards. Then the view goes, comes back and goes for good.
        await visitor.OpenAsync($"/{slug}/calls?range=last-30-days");
        await page.ClickAsync("#views-menu");
        await visitor.CheckPageAsync("views on a phone");
        await visitor.TakeScreenshotAsync("views-phone");
        await page.ClickAsync("#view-manage");
        await visitor.CheckPageAsync("manage views");
        await visitor.TakeScreenshotAsync("views-manage-phone");
        var kept = drawer.Locator(".views-list li", new() { HasTextString = name });
        await kept.GetByRole(AriaRole.Button, new() { Name = words.Of<CallViewsText>("Views.Delete"), Exact = true }).ClickAsync();
        await Expect(kept).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<CommonText>("Undo") }).ClickAsync();
        await page.ClickAsync("#views-menu");
        await Expect(page.Locator(".views-menu .menu-item bdi", new() { HasTextString = name })).ToBeVisibleAsync();
        await page.ClickAsync("#view-manage");
        await kept.GetByRole(AriaRole.Button, new() { Name = words.Of<CallViewsText>("Views.Delete"), Exact = true }).ClickAsync();
        await Expect(kept).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task View_SharedByAnAdmin_IsThereForAnAgentWhoCannotChangeIt()
    {
        await fixture.EnsureCallsAsync();
        var words = new Words("en");
        const string Name = "Missed today, for all";
        await using var admin = await fixture.VisitAsync();
        await admin.BecomeAsync("admin@demo.example");
        await admin.OpenAsync("/demo/calls?outcome=NoAnswer&range=last-30-days");
        await admin.Page.ClickAsync("#views-menu");
        await admin.Page.ClickAsync("#view-save");
        await admin.Page.FillAsync("#view-name", Name);
        await admin.Page.CheckAsync("#view-shared");
        await admin.Page.Keyboard.PressAsync("Enter");
        await Expect(admin.Page).ToHaveURLAsync(new Regex("[?&]view="), new() { Timeout = Patience });

        // Another person, who sees less of the calls by the same view.
        await using var agent = await fixture.VisitAsync();
        await agent.BecomeAsync("agent@demo.example");
        await agent.OpenAsync("/demo/calls");
        await agent.Page.ClickAsync("#views-menu");
        await agent.Page.Locator(".views-menu .menu-item", new() { HasTextString = Name }).ClickAsync();
        await Expect(agent.Page).ToHaveURLAsync(new Regex("outcome=NoAnswer.*view="), new() { Timeout = Patience });
        await Expect(agent.Page.Locator("#views-menu")).ToContainTextAsync(Name, new() { Timeout = Patience });
        await Expect(agent.Page.Locator(".filter-chip")).ToHaveCountAsync(2, new() { Timeout = Patience });
        await agent.Page.ClickAsync("#views-menu");
        await agent.Page.ClickAsync("#view-manage");
        var theirs = agent.Page.GetByRole(AriaRole.Dialog).Locator(".views-list li", new() { HasTextString = Name });
        await Expect(theirs).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(theirs.GetByRole(AriaRole.Button, new() { Name = words.Of<CallViewsText>("Views.Delete"), Exact = true })).ToHaveCountAsync(0);

        await admin.Page.ClickAsync("#views-menu");
        await admin.Page.ClickAsync("#view-manage");
        var ours = admin.Page.GetByRole(AriaRole.Dialog).Locator(".views-list li", new() { HasTextString = Name });
        await ours.GetByRole(AriaRole.Button, new() { Name = words.Of<CallViewsText>("Views.Delete"), Exact = true }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = words.Of<CallViewsText>("Views.Delete"), Exact = true }).ClickAsync();
        await Expect(ours).ToHaveCountAsync(0, new() { Timeout = Patience });
    }

    private static string Spelt(string number, string language) => language == "ar"
        ? string.Concat(number.Select(c => char.IsAsciiDigit(c) ? (char)('٠' + (c - '0')) : c))
        : $"00 {number[1..4]} {number[4..7]}-{number[7..]}";
}
