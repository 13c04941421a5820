using System.Net;
using System.Text;
using CallCenter.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

[Collection(EndToEndCollection.Name)]
public sealed class CallImportJourneyTests(EndToEndFixture fixture)
{
    private const string File =
        """"
        "","2001","2002","internal","""Ana"" <2001>","PJSIP/2001-00000001","PJSIP/2002-00000001","Dial","PJSIP/2002,20","2019-07-01 13:00:00","2019-07-01 13:00:03","2019-07-01 13:00:33",33,30,"ANSWERED","DOCUMENTATION","1561982400.1",""
        "","2001","2003","internal","""Ana"" <2001>","PJSIP/2001-00000002","PJSIP/2003-00000002","Dial","PJSIP/2003,20","2019-07-01 14:00:00","","2019-07-01 14:00:20",20,0,"NO ANSWER","DOCUMENTATION","1561986000.2",""
        "","2001"
        """";

    [Theory]
    [InlineData("en", "demo")]
    [InlineData("ar", "riyadh")]
    public async Task Import_MasterCsv_PreviewsImportsReportsAndChangesNothingTheSecondTime(string language, string slug)
    {
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync($"owner@{slug}.example");
        await visitor.OpenAsync($"/{slug}/calls/import");
        var page = visitor.Page;

        for (var round = 0; round < 2; round++)
        {
            await page.GiveFileAsync("#import-file", new FilePayload { Name = "Master.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(File) });
            await Expect(page.Locator("#import-preview")).ToBeVisibleAsync();
            await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
            await Expect(page.Locator("details li")).ToHaveCountAsync(1);
            await visitor.CheckPageAsync("import preview");
            await visitor.TakeScreenshotAsync("calls-import-preview");
            await page.GetByRole(AriaRole.Button, new() { Name = words.Of<CallIntakeText>("Import.Run"), Exact = true }).ClickAsync();

            await Expect(page.GetByRole(AriaRole.Link, new() { Name = words.Of<CallIntakeText>("Import.Refused") })).ToBeVisibleAsync();
            await Expect(page.Locator("[role=status]").First).ToContainTextAsync(words.Of<CallIntakeText>("Import.Done"));
            await visitor.CheckPageAsync("import report");
            await visitor.TakeScreenshotAsync("calls-import-report");
            if (round == 0)
            {
                await page.GetByRole(AriaRole.Button, new() { Name = words.Of<CallIntakeText>("Import.Again") }).ClickAsync();
            }
        }
    }

    [Theory]
    [InlineData("en", "demo")]
    [InlineData("ar", "riyadh")]
    public async Task Push_SwitchedOn_TakesRowsAtTheAddressShownOnceAndNowhereElse(string language, string slug)
    {
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync($"owner@{slug}.example");
        await visitor.OpenAsync($"/{slug}/settings/call-center");
        var page = visitor.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<CallIntakeText>("Push.On"), Exact = true }).ClickAsync();
        var address = await page.Locator("[data-push-address]").TextContentAsync();
        await visitor.CheckPageAsync("push secret");
        await visitor.TakeScreenshotAsync("settings-push");

        using var pbx = new HttpClient(new HttpClientHandler { UseCookies = false });
        Assert.Equal(HttpStatusCode.OK, await PostAsync(pbx, address!, """{"AcctId":"1","src":"2001","dst":"2002","start":"2019-07-02 13:00:00","duration":"5","billsec":"0","disposition":"NO ANSWER","uniqueid":"1562068800.3"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(pbx, address!, "garbage"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(pbx, address![..^1], "{}"));

        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<CallIntakeText>("Push.Noted") }).ClickAsync();
        await Expect(page.Locator("[data-push-address]")).ToHaveCountAsync(0);
        Assert.DoesNotContain(address!.Split('/')[^1], await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<CallIntakeText>("Push.Off"), Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = words.Of<CallIntakeText>("Push.Off"), Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = words.Of<CallIntakeText>("Push.On"), Exact = true })).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(pbx, address!, "{}"));
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient pbx, string address, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await pbx.PostAsync(new Uri(address), content);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        return response.StatusCode;
    }
}
