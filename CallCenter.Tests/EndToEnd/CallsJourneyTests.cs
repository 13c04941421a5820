using System.Text.RegularExpressions;
using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Simulators.Calls;
using CallCenter.Tests.Support;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

[Collection(EndToEndCollection.Name)]
public sealed class CallsJourneyTests(EndToEndFixture fixture)
{
    [Theory]
    [InlineData("en", "demo")]
    [InlineData("ar", "riyadh")]
    public async Task Calls_SyncNowThenSearchAndOpen_ShowsTheCallWithItsLegs(string language, string slug)
    {
        await fixture.EnsureCallsAsync();
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync($"manager@{slug}.example");
        await visitor.OpenAsync($"/{slug}/calls");
        var page = visitor.Page;

        // A call that ends now is on the PBX, and not here before somebody asks for it.
        var call = fixture.Portal.Peers.Pbxs[slug].AddCall(Scenario.QueueAnswered)[^1];
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<CallsText>("Sync.Now") }).ClickAsync();
        var row = page.Locator($"tbody tr[data-key='{await KeyOfAsync(slug, call.UniqueId)}']");
        await row.WaitForAsync();

        await page.FillAsync("#filter-q", call.From);
        await Expect(page).ToHaveURLAsync(new Regex("[?&]q="));
        var rows = page.Locator("tbody tr");
        await Expect(page.Locator(".pager")).ToHaveCountAsync(0);
        await Expect(page.Locator(".filter-chip")).ToHaveCountAsync(1);
        await Expect(page.Locator(".sums-line .num").First).ToBeVisibleAsync();
        var tail = call.From[^6..];
        Assert.All(await rows.AllInnerTextsAsync(), text => Assert.Contains(tail, text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));

        await row.Locator("button.row-open").ClickAsync();

        var drawer = page.GetByRole(AriaRole.Dialog);
        await Expect(drawer.Locator(".facts")).ToContainTextAsync(PhoneGrouping.Group(call.From));
        await Expect(drawer.Locator(".timeline li")).ToHaveCountAsync(call.Legs.Count);
        await visitor.CheckPageAsync("call detail");
        await visitor.TakeScreenshotAsync("call-detail");

        await page.Keyboard.PressAsync("Escape");
        await Expect(drawer).ToBeHiddenAsync();
        await Expect(row.Locator("button.row-open")).ToBeFocusedAsync();

        // The filter stays beside others; the chip takes it away again.
        await page.SelectOptionAsync("#filter-range", "last-30-days");
        await Expect(page.Locator(".filter-chip")).ToHaveCountAsync(2);
        await page.ClickAsync("#filters-more");
        await Expect(page.Locator("#filter-agent")).ToBeVisibleAsync();
        await visitor.CheckPageAsync("calls filtered");
        await visitor.TakeScreenshotAsync("calls-filtered");
        await page.Locator(".filter-chip").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"calls\?range=last-30-days$"));

        // The call has an address of its own.
        var key = await rows.First.GetAttributeAsync("data-key");
        await visitor.OpenAsync($"/{slug}/calls/{key}");
        await Expect(page.Locator(".leg-axis").First).ToBeVisibleAsync();
        await visitor.CheckPageAsync("call page");
        await visitor.TakeScreenshotAsync("call-page");
    }

    [Fact]
    public async Task Calls_OlderAndBack_ReadEveryCallOnce()
    {
        await fixture.EnsureCallsAsync();
        await using var visitor = await fixture.VisitAsync();
        await visitor.BecomeAsync("manager@demo.example");

        // Days that are over: nothing new can slip in between two pages.
        var today = TimeProvider.System.GetUtcNow().UtcDateTime.Date;
        await visitor.OpenAsync($"/demo/calls?from={today.AddDays(-8):yyyy-MM-dd}&to={today.AddDays(-2):yyyy-MM-dd}");
        var page = visitor.Page;
        var seen = new List<string>();
        for (var pages = 0; pages < 50; pages++)
        {
            seen.AddRange(await page.Locator("tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.key)"));
            var older = page.Locator(".pager a[rel=next]");
            if (await older.CountAsync() == 0)
            {
                break;
            }

            var first = seen[^1];
            await older.ClickAsync();
            await Expect(page.Locator($"tbody tr[data-key='{first}']")).ToHaveCountAsync(0);
            await visitor.WaitUntilReadyAsync();
        }

        Assert.NotEmpty(seen);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin");
        var truth = fixture.Portal.Peers.Pbxs["demo"].Ledger.Calls.Count(call =>
            TimeZoneInfo.ConvertTime(call.StartUtc, zone).Date is var day && day >= today.AddDays(-8) && day <= today.AddDays(-2));
        Assert.Equal(truth, seen.Count);
    }

    /// <summary>Once it is stored. By its number alone it could not be told from earlier calls of the same person.</summary>
    private async Task<Guid> KeyOfAsync(string slug, string uniqueId)
    {
        var id = Guid.Empty;
        await fixture.Portal.WorkAsync(slug, async services =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync();
            await Waiting.UntilAsync(
                async () => (id = await db.Set<Call>().Where(known => known.CallKey == uniqueId).Select(known => known.Id).SingleOrDefaultAsync()) != Guid.Empty,
                $"call {uniqueId} is stored");
        });
        return id;
    }

    [Fact]
    public async Task Calls_AsAgent_HaveNoSyncButton()
    {
        await using var visitor = await fixture.VisitAsync();
        await visitor.BecomeAsync("agent@demo.example");
        await visitor.OpenAsync("/demo/calls");

        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = new Words("en").Of<CallsText>("Sync.Now") })).ToHaveCountAsync(0);
    }
}
