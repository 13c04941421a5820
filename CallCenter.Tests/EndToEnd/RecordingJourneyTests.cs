using System.Globalization;
using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>Recordings from the simulated PBX to the ear: fetched by the portal's own job, played by a real browser.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class RecordingJourneyTests(EndToEndFixture fixture)
{
    private const string Playing = "() => { const a = document.querySelector('[data-player] audio'); return a && a.currentTime > 0.4 && !a.paused; }";

    [Theory]
    [InlineData("en", "demo", 1440)]
    [InlineData("ar", "riyadh", 390)]
    public async Task Recording_OpenAndPlay_SoundsAndSeeks(string language, string slug, int width)
    {
        await fixture.EnsureCallsAsync();
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language, Width: width));
        await visitor.BecomeAsync($"manager@{slug}.example");
        var page = visitor.Page;
        var ranges = new List<int>();
        page.Response += (_, response) =>
        {
            if (response.Url.EndsWith("/audio", StringComparison.Ordinal))
            {
                ranges.Add(response.Status);
            }
        };
        await OpenStoredAsync(visitor, slug);
        var drawer = page.GetByRole(AriaRole.Dialog);
        await drawer.GetByRole(AriaRole.Button, new() { Name = words.Of<RecordingsText>("Player.Play"), Exact = true }).ClickAsync();
        await page.WaitForFunctionAsync(Playing);
        await Expect(drawer.Locator("[data-player]")).ToHaveAttributeAsync("data-playing", "");
        Assert.Contains(206, ranges);

        // By keyboard, by click, and faster.
        var wave = drawer.GetByRole(AriaRole.Slider);
        await wave.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.WaitForFunctionAsync("() => { const a = document.querySelector('[data-player] audio'); return a.currentTime > a.duration - 6; }");
        await wave.ClickAsync();
        await page.WaitForFunctionAsync("() => { const a = document.querySelector('[data-player] audio'); return Math.abs(a.currentTime / a.duration - 0.5) < 0.2; }");
        await drawer.Locator("[data-player-speed]").SelectOptionAsync("1.5");
        Assert.Equal(1.5, await page.EvaluateAsync<double>("() => document.querySelector('[data-player] audio').playbackRate"));
        await Expect(drawer.Locator("[data-player-error]")).ToBeHiddenAsync();
        var length = await page.EvaluateAsync<double>("() => document.querySelector('[data-player] audio').duration");
        var shown = await drawer.Locator("[data-player]").GetAttributeAsync("data-seconds");
        Assert.InRange(length, double.Parse(shown!, CultureInfo.InvariantCulture) - 1, double.Parse(shown!, CultureInfo.InvariantCulture) + 1);
        await visitor.CheckPageAsync("recording");
        await visitor.TakeScreenshotAsync("recording");
        visitor.ForgetTroubles();
    }

    [Fact]
    public async Task Audio_Ranges_AreServedAndOthersFindNothing()
    {
        await fixture.EnsureCallsAsync();
        await using var visitor = await fixture.VisitAsync();
        await visitor.BecomeAsync("manager@demo.example");
        await OpenStoredAsync(visitor, "demo");
        var page = visitor.Page;
        var address = await page.Locator("[data-player] audio").EvaluateAsync<string>("audio => audio.src");

        var whole = await GetAsync(page, address);
        var body = await whole.BodyAsync();
        var part = await GetAsync(page, address, ("Range", "bytes=1000-1999"));
        Assert.Equal((200, 206, 416), (whole.Status, part.Status, (await GetAsync(page, address, ("Range", $"bytes={body.Length}-"))).Status));
        Assert.Equal("RIFF"u8.ToArray(), body[..4]);
        Assert.Equal(body[1000..2000], await part.BodyAsync());
        Assert.Equal($"bytes 1000-1999/{body.Length}", part.Headers["content-range"]);
        Assert.Equal("no-store", whole.Headers["cache-control"]);
        Assert.Equal(206, (await GetAsync(page, address, ("Range", "bytes=0-9"), ("If-Range", whole.Headers["etag"]))).Status);
        Assert.Equal(200, (await GetAsync(page, address, ("Range", "bytes=0-9"), ("If-Range", "\"another\""))).Status);
        var download = await GetAsync(page, address.Replace("/audio", "/download", StringComparison.Ordinal));
        Assert.StartsWith("attachment;", download.Headers["content-disposition"], StringComparison.Ordinal);
        Assert.Contains(".wav", download.Headers["content-disposition"], StringComparison.Ordinal);

        await using var stranger = await fixture.VisitAsync();
        await stranger.BecomeAsync("owner@riyadh.example");
        await stranger.OpenAsync("/riyadh/recordings");
        Assert.Equal(404, (await GetAsync(stranger.Page, address)).Status);
        Assert.Equal(404, (await GetAsync(stranger.Page, address.Replace("/demo/", "/riyadh/", StringComparison.Ordinal))).Status);
        await using var nobody = await fixture.VisitAsync();
        await nobody.OpenAsync("/account/sign-in");
        Assert.NotEqual(200, (await nobody.Page.APIRequest.GetAsync(address, new() { MaxRedirects = 0 })).Status);
    }

    [Fact]
    public async Task Recording_WhoseFileIsGone_SaysSoInThePlayerAndThenOnThePage()
    {
        await fixture.EnsureCallsAsync();
        await using var visitor = await fixture.VisitAsync();
        await visitor.BecomeAsync("manager@demo.example");
        await OpenStoredAsync(visitor, "demo");
        var page = visitor.Page;
        var address = await page.Locator("[data-player] audio").EvaluateAsync<string>("audio => audio.src");
        var id = Guid.Parse(address.Split('/')[^2]);
        var call = Guid.Empty;
        await fixture.Portal.WorkAsync("demo", async services =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync();
            var row = await db.Set<Recording>().AsNoTracking().SingleAsync(recording => recording.Id == id);
            call = row.CallId;
            Assert.Null((await services.GetRequiredService<IRecordingStore>().DeleteAsync(row.TenantId, row.StoreKey)).Error);
        });

        await page.Locator("[data-player-play]").First.ClickAsync();
        await Expect(page.Locator("[data-player-error]").First).ToBeVisibleAsync();
        await visitor.TakeScreenshotAsync("recording-broken");
        await visitor.OpenAsync($"/demo/calls/{call}");
        await Expect(page.Locator(".notice", new() { HasText = new Words("en").Of(RecordingErrors.FileMissing) })).ToBeVisibleAsync();
        visitor.ForgetTroubles();
        await visitor.CheckPageAsync("call with a lost recording");
    }

    private static Task<IAPIResponse> GetAsync(IPage page, string address, params (string Name, string Value)[] headers) =>
        page.APIRequest.GetAsync(address, new() { Headers = headers.ToDictionary(header => header.Name, header => header.Value) });

    /// <summary>Waits for the job, then opens the newest stored recording.</summary>
    private static async Task OpenStoredAsync(Visitor visitor, string slug)
    {
        var rows = visitor.Page.Locator("tbody tr");
        for (var tries = 0; tries < 60; tries++)
        {
            await visitor.OpenAsync($"/{slug}/recordings?state=stored");
            if (await rows.CountAsync() > 0)
            {
                break;
            }

            await Task.Delay(1000);
        }

        await rows.First.Locator("button.row-open").ClickAsync();
        await visitor.Page.Locator("[data-player]").WaitForAsync();
    }
}
