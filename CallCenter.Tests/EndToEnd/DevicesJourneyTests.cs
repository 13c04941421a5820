using CallCenter.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

[Collection(EndToEndCollection.Name)]
public sealed class DevicesJourneyTests(EndToEndFixture fixture)
{
    [Theory]
    [InlineData("en", "demo", "light", 1440)]
    [InlineData("ar", "riyadh", "dark", 390)]
    public async Task Devices_RestartOneAndWatchIt_EndsAsDone(string language, string slug, string theme, int width)
    {
        var words = new Words(language);
        var gdms = fixture.Portal.Peers.Gdms;

        // Away until its absence was seen, however slow this machine is.
        gdms.Quirks = gdms.Quirks with { RebootTime = TimeSpan.FromMinutes(10) };
        var device = gdms.World.Devices.First(d => d.Status == 1 && !d.IsPbx && d.OrganizationId == (language == "ar" ? 2 : 1));
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language, theme, width));
        await visitor.BecomeAsync($"admin@{slug}.example");
        await visitor.OpenAsync($"/{slug}/devices");
        var page = visitor.Page;
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(25);

        await page.FillAsync("#filter-q", device.Mac[^4..]);
        await page.Locator($"tbody tr[data-key='{device.Mac}'] .row-open").ClickAsync();
        var drawer = page.Locator("dialog.drawer[open]");
        await Expect(drawer.Locator(".facts")).ToContainTextAsync(device.FirmwareVersion);
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/devices/{device.Mac}"));
        await visitor.CheckPageAsync("device detail");
        await visitor.TakeScreenshotAsync("device-detail");

        await drawer.GetByRole(AriaRole.Button, new() { Name = words.Of<DevicesText>("Kind.Reboot"), Exact = true }).ClickAsync();
        var dialog = page.Locator("dialog.modal[open]");
        await Expect(dialog.Locator(".device-items li")).ToHaveCountAsync(1);
        await visitor.CheckPageAsync("device task dialog");
        await visitor.TakeScreenshotAsync("device-task-dialog");
        await dialog.Locator("button[type=submit]").ClickAsync();

        await Expect(drawer.Locator(".device-items")).ToContainTextAsync(words.Of<DevicesText>("Item.Away"));
        await visitor.TakeScreenshotAsync("device-task");
        gdms.World.EndRestart(device.Mac);
        await Expect(drawer.Locator(".device-items")).ToContainTextAsync(words.Of<DevicesText>("Item.Done"));
        await visitor.CheckPageAsync("device task");
        await drawer.Locator("[data-close]").ClickAsync();
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync(words.Of<DevicesText>("State.Ended"));
        await visitor.TakeScreenshotAsync("device-tasks");
        await visitor.CheckPageAsync("device tasks");
    }

    [Fact]
    public async Task Devices_AddTwo_ShowsEachOutcome()
    {
        var words = new Words("en");
        await using var visitor = await fixture.VisitAsync();
        await visitor.BecomeAsync("admin@demo.example");
        await visitor.OpenAsync("/demo/devices");
        var page = visitor.Page;

        // The page's own key for what it makes.
        await page.Keyboard.PressAsync("n");
        await page.FillAsync("#add-devices", "00:00:5E:00:53:E0, 20DEMO00000000E0, New phone\n00:00:5E:00:53:E1, 20DEMO00000000E7");
        await visitor.CheckPageAsync("device add");
        await visitor.TakeScreenshotAsync("device-add");
        await page.Locator("dialog.modal[open] button[type=submit]").ClickAsync();

        var items = page.Locator("dialog.drawer[open] .device-items li");
        await Expect(items).ToHaveCountAsync(2);
        await Expect(items.Filter(new() { HasText = "New phone" })).ToContainTextAsync(words.Of<DevicesText>("Item.Done"));
        await Expect(items.Filter(new() { HasText = "00:00:5E:00:53:E1" })).ToContainTextAsync(words.Of(CallCenter.Core.Telephony.Gdms.GdmsErrors.SerialMismatch));

        // The other journeys count the devices of the demo.
        fixture.Portal.Peers.Gdms.World.RemoveDevice("00005E0053E0");
    }
}
