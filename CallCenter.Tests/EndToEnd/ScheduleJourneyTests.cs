using System.Text;
using CallCenter.Simulators.Mail;
using CallCenter.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>From a report to its schedule, its file and its mail; and from the history to a file with its content.</summary>
[Collection(PagesCollection.Name)]
public sealed class ScheduleJourneyTests(EndToEndFixture fixture)
{
    private const float Patience = 60_000;

    [Theory]
    [InlineData("en", "demo", 1440)]
    [InlineData("ar", "riyadh", 1440)]
    public async Task Report_ComparedDrilledDownAndScheduled_ArrivesByMail(string language, string slug, int width)
    {
        await fixture.EnsureCallsAsync();
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language, Width: width));
        await visitor.BecomeAsync($"owner@{slug}.example");
        var page = visitor.Page;

        // A report, compared, with its formula; its first figure leads to as many calls.
        await visitor.OpenAsync($"/{slug}/reports/queues?compare=Previous");
        await Expect(page.Locator(".report-table tbody tr").First).ToBeVisibleAsync();
        await Expect(page.Locator(".report-before").First).ToBeVisibleAsync();
        await page.Locator(".report-formulas summary").ClickAsync();
        await Expect(page.Locator(".report-formulas")).ToContainTextAsync(words.Of<ReportsText>("Formula.Offered"));
        var figure = page.Locator(".report-table tbody a").First;
        var href = await figure.GetAttributeAsync("href");
        await figure.ClickAsync();
        await page.ReachesAsync($"/{slug}/calls?");
        Assert.Contains("set=Offered", href, StringComparison.Ordinal);
        await visitor.WaitUntilReadyAsync();

        // A test mail says that the server takes it.
        await visitor.OpenAsync($"/{slug}/settings/mail");
        await page.FillAsync("#mail-test-to", $"owner@{slug}.example");
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<SettingsText>("Mail.TestSend") }).ClickAsync();
        await Expect(page.Locator(".mail-test [role=status]")).ToContainTextAsync(words.Of<SettingsText>("Mail.TestDone"), new() { Timeout = Patience });
        await visitor.TakeScreenshotAsync("mail-tested");
        await visitor.CheckPageAsync("mail");

        // The report on a schedule, run at once.
        var name = $"{words.Of<ExportsText>("Report.queues")} {Guid.NewGuid().ToString("N")[..6]}";
        await visitor.OpenAsync($"/{slug}/reports/schedules?new=queues");
        await page.FillAsync("#schedule-name", name);
        await page.FillAsync("#schedule-recipients", $"boss@{slug}.example");
        await page.CheckAsync("#schedule-attach");
        await visitor.TakeScreenshotAsync("schedule-editor");
        await visitor.CheckPageAsync("schedule editor");
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<SchedulesText>("Save") }).ClickAsync();
        var row = page.Locator("tbody tr", new() { HasText = name });
        await row.GetByRole(AriaRole.Button, new() { Name = words.Of<SchedulesText>("RunNow") }).ClickAsync();
        await Expect(row).ToContainTextAsync(words.Of<SchedulesText>("Run.Mails", 1, 0, 0), new() { Timeout = Patience });
        await visitor.TakeScreenshotAsync("schedules-run");
        await visitor.CheckPageAsync("schedules");

        var mail = Assert.Single(fixture.Portal.Peers.Mail.Received, mail => MailText.Decode(mail.Header("Subject") ?? "").StartsWith(name, StringComparison.Ordinal));
        Assert.Equal([$"boss@{slug}.example"], mail.Recipients);
        Assert.Contains(language == "ar" ? "dir=\"rtl\"" : "dir=\"ltr\"", MailText.PartOf(mail.Data, "text/html"), StringComparison.Ordinal);
        Assert.Equal("PK"u8.ToArray(), MailText.BytesOf(mail.Data, "application/vnd.openxmlformats")?[..2]);

        await row.GetByRole(AriaRole.Button, new() { Name = words.Of<SchedulesText>("Delete") }).ClickAsync();
        await page.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = words.Of<SchedulesText>("Delete"), Exact = true }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("en", "demo")]
    [InlineData("ar", "riyadh")]
    public async Task History_Exported_IsAFileWithArabicAndWholeNumbers(string language, string slug)
    {
        await fixture.EnsureCallsAsync();
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync($"manager@{slug}.example");
        var page = visitor.Page;
        await visitor.OpenAsync($"/{slug}/calls?direction=Inbound");
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<ExportsText>("Export"), Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<ExportsText>("Dialog.Start") }).ClickAsync();
        await page.ReachesAsync($"/{slug}/exports");
        var link = page.Locator("tbody tr").First.GetByRole(AriaRole.Link, new() { Name = words.Of<ExportsText>("Download") });
        await Expect(link).ToBeVisibleAsync(new() { Timeout = Patience });

        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        var bytes = await File.ReadAllBytesAsync(await download.PathAsync());

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(words.Of<ExportsText>("Column.Direction"), lines[0], StringComparison.Ordinal);
        Assert.True(lines.Length > 10, "The file has too few calls.");
        Assert.All(lines.Skip(1), line => Assert.Contains(words.Of<ExportsText>("Value.direction.Inbound"), line, StringComparison.Ordinal));
        Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, @",\+\d{1,3} \d"));
        Assert.DoesNotContain(lines.SelectMany(line => line.Split(',')), cell => cell.Length > 0 && cell[0] is '=' or '@' or '\t');
        await visitor.TakeScreenshotAsync("exports-done");
        await visitor.CheckPageAsync("exports");

        // An agent has no way to it.
        var address = await link.GetAttributeAsync("href");
        await using var agent = await fixture.VisitAsync(new VisitorOptions(language));
        await agent.BecomeAsync($"agent@{slug}.example");
        Assert.Equal(404, (await agent.Page.APIRequest.GetAsync($"/{address!.TrimStart('/')}")).Status);
    }
}
