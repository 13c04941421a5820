using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Core.Calls;
using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>What is not to be heard again: marked by another system over HTTP, by the agent, and afterwards; shaded in the outline and skipped.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class SensitiveTalkJourneyTests(EndToEndFixture fixture)
{
    private const float Patience = 60_000;

    // Where the recording was heard; begins anew each time.
    private const string Listen =
        """
        () => {
          const audio = document.querySelector('[data-player] audio');
          const places = window.heard = [];
          audio.ontimeupdate = () => { if (!audio.paused) places.push(audio.currentTime); };
        }
        """;

    [Fact]
    public async Task Hook_OfAnotherSystem_BeginsAndEndsAMarkForWhoeverHasTheSecret()
    {
        var number = await OwnPhone.EnsureAsync(fixture.Portal, "demo");
        var secret = "";
        await fixture.Portal.WorkAsync("demo", async services => secret = (await services.GetRequiredService<ICdrPush>().MakeSecretAsync()).Value);
        try
        {
            using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = fixture.Portal.Address };

            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(http, $"demo/{secret[..^1]}", "begin", number)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(http, $"riyadh/{secret}", "begin", number)).Status);
            Assert.Equal((HttpStatusCode.BadRequest, "recordings.pause_request"), Refusal(await PostAsync(http, $"demo/{secret}", "stop", number)));
            Assert.Equal((HttpStatusCode.BadRequest, "recordings.pause_extension"), Refusal(await PostAsync(http, $"demo/{secret}", "begin", "19999")));
            using (var large = await http.PostAsync($"/hooks/recording-pause/demo/{secret}", new StringContent(new string(' ', IRecordingPauseReceiver.MaxBytes + 1))))
            {
                Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
            }

            var first = await PostAsync(http, $"demo/{secret}", "begin", number);
            Assert.Equal((HttpStatusCode.OK, number, false), (first.Status, first.Body.GetProperty("extension").GetString(), first.Body.GetProperty("honoured").GetBoolean()));
            Assert.Equal(JsonValueKind.Null, first.Body.GetProperty("until").ValueKind);

            // The secret may stand in a header instead, where addresses are logged.
            http.DefaultRequestHeaders.Add("X-CallCenter-Secret", secret);
            var second = await PostAsync(http, "demo", "begin", number);
            var ended = await PostAsync(http, "demo", "end", number);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (second.Status, ended.Status));
            Assert.NotEqual(first.Body.GetProperty("id").GetGuid(), second.Body.GetProperty("id").GetGuid());
            Assert.Equal(second.Body.GetProperty("id").GetGuid(), ended.Body.GetProperty("id").GetGuid());
            Assert.Equal((HttpStatusCode.Conflict, "recordings.pause_nothing_open"), Refusal(await PostAsync(http, "demo", "end", number)));

            var marks = await MarksAsync("demo", mark => mark.ByUserId == null && mark.Extension == number);
            Assert.Equal(2, marks.Count);
            Assert.All(marks, mark => Assert.NotNull(mark.UntilUtc));
            Assert.Equal(marks[1].FromUtc, marks[0].UntilUtc);
        }
        finally
        {
            await fixture.Portal.WorkAsync("demo", services => services.GetRequiredService<ICdrPush>().SwitchOffAsync());
        }
    }

    [Theory]
    [InlineData("en", "demo", 1440)]
    [InlineData("ar", "riyadh", 390)]
    public async Task Marks_OfAgentAndManager_AreShadedSkippedAndTakenAway(string language, string slug, int width)
    {
        await fixture.EnsureCallsAsync();
        var words = new Words(language);
        var number = await OwnPhone.EnsureAsync(fixture.Portal, slug);

        // The agent, while talking.
        await using (var agent = await fixture.VisitAsync(new VisitorOptions(language, Width: width)))
        {
            await agent.BecomeAsync($"agent@{slug}.example");
            await agent.OpenAsync($"/{slug}/me/phone");
            await agent.Page.ClickAsync("[data-sensitive-begin]");
            await Expect(agent.Page.Locator("[data-sensitive-end]")).ToBeVisibleAsync(new() { Timeout = Patience });
            await agent.CheckPageAsync("sensitive talk");
            await agent.TakeScreenshotAsync("sensitive-talk");
            await agent.Page.ClickAsync("[data-sensitive-end]");
            await Expect(agent.Page.Locator("[data-sensitive-begin]")).ToBeVisibleAsync(new() { Timeout = Patience });
            Assert.All(await MarksAsync(slug, mark => mark.ByUserId != null && mark.Extension == number), mark => Assert.NotNull(mark.UntilUtc));
        }

        // A recording with seconds 2 to 5 marked: a player goes from 2 to 5.
        var call = await ShownCall.EnsureAsync(fixture.Portal, slug);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language, Width: width));
        await visitor.BecomeAsync($"owner@{slug}.example");
        await visitor.OpenAsync($"/{slug}/calls/{call}");
        var page = visitor.Page;
        var player = page.Locator("[data-player]").First;
        var shaded = player.Locator(".player-marks rect");
        await Expect(shaded).ToHaveCountAsync(1, new() { Timeout = Patience });
        await visitor.TakeScreenshotAsync("call-marked");

        // In the middle of the mark: what is there is left out, unless one asks for it, which is another address.
        await HearAsync(page, player);
        await HeardAsync(page, "at >= 5");
        Assert.DoesNotContain(await page.EvaluateAsync<double[]>("() => window.heard"), at => at is > 2.1 and < 4.9);
        var marked = player.Locator("[data-player-marked]");
        await marked.ClickAsync();
        await Expect(marked).ToHaveAttributeAsync("aria-pressed", "true");
        await HearAsync(page, player);
        await HeardAsync(page, "at > 2.1 && at < 4.9");
        await marked.ClickAsync();
        await player.Locator("audio").EvaluateAsync("audio => audio.pause()");

        // Afterwards, by hand, and taken away again.
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<RecordingsText>("Pause.Add") }).First.ClickAsync();
        await page.FillAsync("#pause-from", "0:07");
        await page.FillAsync("#pause-until", "0:06");
        var save = page.GetByRole(AriaRole.Button, new() { Name = words.Of<RecordingsText>("Pause.Save"), Exact = true });
        await save.ClickAsync();
        await Expect(page.Locator(".notice", new() { HasText = words.Of(RecordingPauseErrors.BadStretch) })).ToBeVisibleAsync(new() { Timeout = Patience });
        await page.FillAsync("#pause-until", "0:09");
        await page.FillAsync("#pause-reason", "PIN");
        await visitor.CheckPageAsync("marking");
        await save.ClickAsync();
        await Expect(shaded).ToHaveCountAsync(2, new() { Timeout = Patience });
        var line = page.Locator(".recording-marks li", new() { HasText = "PIN" });
        await line.GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = words.Of<RecordingsText>("Pause.Remove"), Exact = true }).ClickAsync();
        await Expect(shaded).ToHaveCountAsync(1, new() { Timeout = Patience });
    }

    /// <summary>Plays from the beginning and notes what is heard.</summary>
    private static async Task HearAsync(IPage page, ILocator player)
    {
        await player.Locator("audio").EvaluateAsync("audio => audio.pause()");
        await player.GetByRole(AriaRole.Slider).PressAsync("Home");
        await page.WaitForFunctionAsync("() => { const a = document.querySelector('[data-player] audio'); return a.readyState > 0 && a.currentTime === 0; }", null, new() { Timeout = Patience });
        await page.EvaluateAsync(Listen);
        await player.Locator("[data-player-play]").ClickAsync();
    }

    private static async Task HeardAsync(IPage page, string where)
    {
        try
        {
            await page.WaitForFunctionAsync($"() => window.heard.some(at => {where})", null, new() { Timeout = Patience });
        }
        catch (TimeoutException)
        {
            var player = await page.EvaluateAsync<JsonElement>(
                "() => { const a = document.querySelector('[data-player] audio'); return { heard: window.heard.slice(-20), at: a.currentTime, paused: a.paused, state: a.readyState, src: a.src, error: a.error?.message ?? '' }; }");
            Assert.Fail($"Nothing was heard where {where}: {player}");
        }
    }

    private static (HttpStatusCode Status, string? Error) Refusal((HttpStatusCode Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("error").GetString());

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(HttpClient http, string address, string action, string extension)
    {
        using var answer = await http.PostAsJsonAsync($"/hooks/recording-pause/{address}", new { action, extension, reason = "card" });
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "application/json" ? await answer.Content.ReadFromJsonAsync<JsonElement>() : default);
    }

    private async Task<List<RecordingPause>> MarksAsync(string slug, System.Linq.Expressions.Expression<Func<RecordingPause, bool>> which)
    {
        List<RecordingPause> marks = [];
        await fixture.Portal.WorkAsync(slug, async services =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync();
            marks = await db.Set<RecordingPause>().AsNoTracking().Where(which).OrderBy(mark => mark.FromUtc).ToListAsync();
        });
        return marks;
    }
}
