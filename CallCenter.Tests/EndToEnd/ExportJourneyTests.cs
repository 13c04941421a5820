using System.Text.RegularExpressions;
using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Jobs;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>An export that is taken back while it is written, and one whose file goes when its time is over.</summary>
[Collection(PagesCollection.Name)]
public sealed class ExportJourneyTests(EndToEndFixture fixture)
{
    private const float Patience = 60_000;

    [Theory]
    [InlineData("en", "demo", 1440)]
    [InlineData("ar", "riyadh", 390)]
    public async Task Export_CancelledAndExpired_SaysSoAndGivesNoFile(string language, string slug, int width)
    {
        await fixture.EnsureCallsAsync();
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language, Width: width));
        await visitor.BecomeAsync($"manager@{slug}.example");
        var page = visitor.Page;

        // Another node writes it, slowly: it has the lease.
        var running = Guid.CreateVersion7();
        await fixture.Portal.WorkAsync(slug, async services =>
        {
            await using var lease = await services.GetRequiredService<ILeases>().TryAcquireAsync($"export:{running:N}", TimeSpan.FromMinutes(10));
            Assert.NotNull(lease);
            await AddRunningAsync(services, slug, running);
            await visitor.OpenAsync($"/{slug}/exports");
            var row = page.Locator($"tbody tr[data-key='{running}']");
            await Expect(row.Locator("progress")).ToHaveAttributeAsync("value", "25", new() { Timeout = Patience });
            await visitor.CheckPageAsync("export running");
            await visitor.TakeScreenshotAsync("exports-running");

            await row.GetByRole(AriaRole.Button, new() { Name = words.Of<ExportsText>("Cancel"), Exact = true }).ClickAsync();
            await Expect(row).ToContainTextAsync(words.Of<ExportsText>("State.Cancelled"), new() { Timeout = Patience });
            await Expect(row.Locator("progress")).ToHaveCountAsync(0);
        });

        // One of this node, taken to its end; then its time is over.
        await visitor.OpenAsync($"/{slug}/calls?direction=Outbound");
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<ExportsText>("Export"), Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<ExportsText>("Dialog.Start") }).ClickAsync();
        await page.ReachesAsync($"/{slug}/exports");
        var link = page.Locator("tbody tr").First.GetByRole(AriaRole.Link, new() { Name = words.Of<ExportsText>("Download") });
        await Expect(link).ToBeVisibleAsync(new() { Timeout = Patience });
        var address = await link.GetAttributeAsync("href");
        Assert.Equal(200, (await page.APIRequest.GetAsync($"/{address!.TrimStart('/')}")).Status);
        var id = Guid.Parse(Regex.Match(address, "exports/([0-9a-f-]{36})/").Groups[1].Value);
        await fixture.Portal.WorkAsync(slug, async services =>
        {
            await using var db = await ContextAsync(services);
            var over = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1);
            await db.Set<Export>().Where(export => export.Id == id).ExecuteUpdateAsync(set => set.SetProperty(export => export.ExpiresAtUtc, over));
        });

        // The portal's own job takes the file; the open page hears of it.
        var expired = page.Locator($"tbody tr[data-key='{id}']");
        await Expect(expired).ToContainTextAsync(words.Of<ExportsText>("State.Expired"), new() { Timeout = Patience });
        await Expect(expired.GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        Assert.NotEqual(200, (await page.APIRequest.GetAsync($"/{address.TrimStart('/')}")).Status);
        await expired.GetByRole(AriaRole.Button, new() { Name = words.Of<ExportsText>("Delete"), Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = words.Of<ExportsText>("Delete"), Exact = true }).ClickAsync();
        await Expect(expired).ToHaveCountAsync(0, new() { Timeout = Patience });
    }

    private static Task<CallCenterDbContext> ContextAsync(IServiceProvider services) => services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync();

    private static async Task AddRunningAsync(IServiceProvider services, string slug, Guid id)
    {
        await using var db = await ContextAsync(services);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var email = $"manager@{slug}.example";
        db.Add(new Export
        {
            Id = id,
            OwnerId = await db.Set<AppUser>().Where(user => user.Email == email).Select(user => user.Id).SingleAsync(),
            OwnerName = email,
            Kind = ExportKind.Calls,
            Format = ExportFormat.Csv,
            Filter = "",
            Columns = "",
            Report = "",
            Subject = "",
            Language = "en",
            TimeZoneId = "Etc/UTC",
            Reach = ExportReach.Write(CallReach.Everything),
            State = ExportState.Running,
            RowsDone = 250,
            RowsOf = 1000,
            Attempts = 1,
            CreatedAtUtc = now,
            StartedAtUtc = now,
        });
        await db.SaveChangesAsync();
    }
}
