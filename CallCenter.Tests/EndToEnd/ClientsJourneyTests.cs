using System.Text.RegularExpressions;
using CallCenter.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

[Collection(EndToEndCollection.Name)]
public sealed class ClientsJourneyTests(EndToEndFixture fixture)
{
    [Theory]
    [InlineData("en", "demo", "+1 202 555 0100", "Aidan Sample")]
    [InlineData("ar", "riyadh", "٨٠٠٥٥٥٠١٠٠", "أحمد المثالي")]
    public async Task Clients_SearchByNumberInOwnSpelling_OpensTheClientWithItsCalls(string language, string slug, string typed, string name)
    {
        await fixture.EnsureCallsAsync();
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync($"manager@{slug}.example");
        await visitor.OpenAsync($"/{slug}/clients");
        var page = visitor.Page;

        await page.FillAsync("#filter-q", typed);
        await Expect(page).ToHaveURLAsync(new Regex("[?&]q="));
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await page.Locator("tbody tr", new() { HasText = name }).Locator("button.row-open").ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/clients/[0-9a-f-]{36}$"));
        await visitor.WaitUntilReadyAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);

        // The number is another client's too, and so are the calls with it.
        await Expect(page.Locator(".client-number-list .client-shared").First).ToBeVisibleAsync();
        await Expect(page.Locator(".timeline li").First).ToBeVisibleAsync();
        await visitor.CheckPageAsync("client");
        await visitor.TakeScreenshotAsync("client");
    }

    [Theory]
    [InlineData("en", "demo")]
    [InlineData("ar", "riyadh")]
    public async Task Call_AddAsClient_ShowsTheNameOnTheCallThenDeleteAndUndo(string language, string slug)
    {
        await fixture.EnsureCallsAsync();
        var words = new Words(language);
        var call = fixture.Portal.Peers.Pbxs[slug].Ledger.Calls.Last(c => c.From.Contains("447700900", StringComparison.Ordinal) && !c.From.EndsWith("900123", StringComparison.Ordinal) && !c.From.Contains("4477009001", StringComparison.Ordinal));
        var name = language == "ar" ? "عميلة الرحلة" : "Journey Client";
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync($"manager@{slug}.example");
        await visitor.OpenAsync($"/{slug}/calls?q={call.From[^9..]}");
        var page = visitor.Page;
        await page.Locator("tbody tr").First.Locator("button.row-open").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link, new() { Name = words.Of<CallsText>("Clients.Add") }).ClickAsync();

        var form = page.GetByRole(AriaRole.Dialog);
        await Expect(form.Locator("#client-number-0")).ToHaveValueAsync(new Regex(@"^\+44"));
        await form.Locator("#client-name").FillAsync(name);
        await visitor.CheckPageAsync("new client");
        await visitor.TakeScreenshotAsync("client-form");
        await form.Locator("button[type=submit]").ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync(name);
        await page.Locator(".timeline-head a").First.ClickAsync();
        await Expect(page.Locator(".call-clients")).ToContainTextAsync(name);
        await visitor.CheckPageAsync("call with client");
        await visitor.TakeScreenshotAsync("call-client");
        await page.Locator(".call-clients a").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);

        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<ClientsText>("Delete"), Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = words.Of<ClientsText>("Delete"), Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/clients$"));
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<CommonText>("Undo") }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);
    }

    [Theory]
    [InlineData("en", "demo")]
    [InlineData("ar", "riyadh")]
    public async Task Import_FileWithFaults_PreviewsImportsAndReports(string language, string slug)
    {
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync($"manager@{slug}.example");
        await visitor.OpenAsync($"/{slug}/clients/import");
        var page = visitor.Page;
        var tail = language == "ar" ? "1" : "2";

        await page.GiveFileAsync("#import-file", new FilePayload
        {
            Name = "clients.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes($"الاسم;Phone\nImported One;+33 6 12 34 56 7{tail}\nمستوردة;+33 6 12 34 57 7{tail}\nBroken;12\n"),
        });
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);
        await Expect(page.Locator(".import-refused")).ToHaveTextAsync(words.Of<ErrorText>("clients.number_wrong"));
        await visitor.CheckPageAsync("import preview");
        await visitor.TakeScreenshotAsync("clients-import-preview");
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<ClientsText>("Import.Start"), Exact = true }).ClickAsync();

        await Expect(page.GetByText(words.Of<ClientsText>("Import.Refused"))).ToBeVisibleAsync();
        await visitor.CheckPageAsync("import report");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByText(words.Of<ClientsText>("Import.Refused")).ClickAsync());
        Assert.Contains("Broken", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = words.Of<ClientsText>("Import.Open") }).ClickAsync();
        await page.FillAsync("#filter-q", "مستورده");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Export_AsManagerAndAsAgent_IsAFileOrNotThere()
    {
        await using var manager = await fixture.VisitAsync();
        await manager.BecomeAsync("manager@demo.example");
        await manager.OpenAsync("/demo/clients");
        var download = await manager.Page.RunAndWaitForDownloadAsync(() =>
            manager.Page.GetByRole(AriaRole.Link, new() { Name = new Words("en").Of<ClientsText>("Export"), Exact = true }).ClickAsync());
        Assert.Contains("\"+1 202 555 0100\"", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);

        await using var agent = await fixture.VisitAsync();
        await agent.BecomeAsync("agent@demo.example");
        Assert.Equal(404, (await agent.Page.APIRequest.GetAsync($"{fixture.Portal.Address}demo/clients/export.csv")).Status);
        Assert.Equal(404, (await agent.Page.APIRequest.GetAsync($"{fixture.Portal.Address}riyadh/clients/export.csv")).Status);
    }
}
