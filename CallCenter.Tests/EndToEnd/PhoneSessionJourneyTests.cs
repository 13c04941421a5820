using System.Text.Json;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Softphone;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Softphone;
using CallCenter.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The session of the page's phone as a browser gets it, its settings, and its calls in the history.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class PhoneSessionJourneyTests(EndToEndFixture fixture)
{
    private const string Fetch = "async url => { const a = await fetch(url); return JSON.stringify({ status: a.status, cache: a.headers.get('cache-control'), body: await a.text() }); }";

    [Fact]
    public async Task Session_ByCookie_IsTheContractsAndItsSecretIsNowhereElse()
    {
        var number = await OwnPhone.EnsureAsync(fixture.Portal, "demo");
        await using var visitor = await fixture.VisitAsync(new VisitorOptions("en"));
        var frames = Frames(visitor.Page);
        await visitor.BecomeAsync("agent@demo.example");
        await visitor.OpenAsync("/demo/calls");
        await Expect(visitor.Page.Locator(".phone-pill:is(.tone-good, .tone-bad)")).ToBeVisibleAsync();

        var (status, cache, body) = await FetchAsync(visitor.Page, "/demo/phone/session");

        Assert.Equal((200, "no-store"), (status, cache));
        using var session = JsonDocument.Parse(body);
        var root = session.RootElement;
        Assert.Equal(["account", "servers", "iceServers", "expiresAt", "policy"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["uri", "authUser", "realm", "ha1", "displayName"], root.GetProperty("account").EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["registerSeconds", "dtmf", "maxCalls", "autoAnswer", "parkNumber", "conferenceNumber", "mediaTimeoutSeconds", "codecs"],
            root.GetProperty("policy").EnumerateObject().Select(property => property.Name));
        Assert.Equal(("rfc2833", "announced"), (root.GetProperty("policy").GetProperty("dtmf").GetString(), root.GetProperty("policy").GetProperty("autoAnswer").GetString()));
        var ha1 = root.GetProperty("account").GetProperty("ha1").GetString()!;
        Assert.Equal(PhoneServers.Ha1(number, "grandstream", new Secret(OwnPhone.SipSecret)).Reveal(), ha1);
        Assert.StartsWith("wss://127.0.0.1:", root.GetProperty("servers")[0].GetProperty("url").GetString(), StringComparison.Ordinal);

        var everything = await visitor.Page.EvaluateAsync<string>("() => document.documentElement.outerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie");
        var log = await File.ReadAllTextAsync(fixture.Portal.LogFile);
        Assert.All([ha1, OwnPhone.SipSecret], secret =>
        {
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
            Assert.DoesNotContain(frames, frame => frame.Text.Contains(secret, StringComparison.Ordinal));
        });

        // What is looked through is there: the circuit, which knows the extension, and the phone's own socket, which says who it is.
        Assert.Contains(frames, frame => frame.Url.Contains("_blazor", StringComparison.Ordinal) && frame.Text.Contains(number, StringComparison.Ordinal));
        Assert.Contains(frames, frame => !frame.Url.Contains("_blazor", StringComparison.Ordinal) && frame.Text.StartsWith("REGISTER ", StringComparison.Ordinal));
        Assert.Equal(404, (await FetchAsync(visitor.Page, "/riyadh/phone/session")).Status);
    }

    [Fact]
    public async Task Session_WithoutAnExtension_SaysWhyInACode()
    {
        await using var visitor = await fixture.VisitAsync(new VisitorOptions("en"));
        await visitor.BecomeAsync("manager@demo.example");
        await visitor.OpenAsync("/demo/calls");

        var (status, _, body) = await FetchAsync(visitor.Page, "/demo/phone/session");

        Assert.Equal((404, """{"code":"softphone.no_phone"}"""), (status, body));
    }

    [Theory]
    [InlineData("en", "demo", "light", 1440)]
    [InlineData("ar", "riyadh", "dark", 390)]
    public async Task Settings_AskedThePbx_TellItsRealm(string language, string slug, string theme, int width)
    {
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language, theme, width));
        await visitor.BecomeAsync($"admin@{slug}.example");
        await visitor.OpenAsync($"/{slug}/settings/call-center");
        var page = visitor.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<SettingsText>("Phone.Ask") }).ClickAsync();

        await Expect(page.Locator("[data-realm]")).ToHaveTextAsync("grandstream");
        await visitor.CheckPageAsync("settings with the phone");
        await page.Locator("[data-realm]").ScrollIntoViewIfNeededAsync();
        await visitor.TakeScreenshotAsync("settings-phone");
    }

    [Theory]
    [InlineData("en", "demo", "light", 1440)]
    [InlineData("ar", "riyadh", "dark", 390)]
    public async Task History_CallOnAPhone_StandsAboveTheList(string language, string slug, string theme, int width)
    {
        var number = await OwnPhone.EnsureAsync(fixture.Portal, slug);
        await fixture.Portal.WorkAsync(slug, async services =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync();
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            var user = await db.Set<Extension>().Where(e => e.Number == number).Select(e => e.UserId).SingleAsync();
            db.Add(new PhoneCall
            {
                UserId = user!.Value,
                UserName = "Aoife Brennan",
                ClientId = Guid.NewGuid().ToString(),
                Extension = number,
                PbxId = await db.Set<PbxConnection>().Select(p => p.Id).SingleAsync(),
                Direction = PhoneDirection.In,
                Number = "+353209109999",
                FirstNumber = "+353209109999",
                State = PhoneCallState.Active,
                StartedAtUtc = now.AddSeconds(-40),
                FirstSeenAtUtc = now.AddSeconds(-40),
                SeenLive = true,
                LastSeenAtUtc = now.AddHours(1),
                AnsweredAtUtc = now.AddSeconds(-30),
            });
            await db.SaveChangesAsync();
        });
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language, theme, width));
        await visitor.BecomeAsync($"agent@{slug}.example");

        await visitor.OpenAsync($"/{slug}/calls");

        await Expect(visitor.Page.Locator("[data-phone-calls]")).ToContainTextAsync(new Words(language).Of<PhoneCallsText>("State.Active"));
        await visitor.CheckPageAsync("calls on phones");
        await visitor.TakeScreenshotAsync("calls-on-phones");
    }

    /// <summary>Everything that goes through the page's sockets, the circuit's and the phone's; bytes as Latin-1.</summary>
    private static System.Collections.Concurrent.ConcurrentQueue<(string Url, string Text)> Frames(IPage page)
    {
        var frames = new System.Collections.Concurrent.ConcurrentQueue<(string Url, string Text)>();
        page.WebSocket += (_, socket) =>
        {
            void Keep(IWebSocketFrame frame) => frames.Enqueue((socket.Url, frame.Text ?? System.Text.Encoding.Latin1.GetString(frame.Binary ?? [])));
            socket.FrameSent += (_, frame) => Keep(frame);
            socket.FrameReceived += (_, frame) => Keep(frame);
        };
        return frames;
    }

    private static async Task<(int Status, string Cache, string Body)> FetchAsync(IPage page, string url)
    {
        using var answer = JsonDocument.Parse(await page.EvaluateAsync<string>(Fetch, url));
        return (answer.RootElement.GetProperty("status").GetInt32(), answer.RootElement.GetProperty("cache").GetString() ?? "", answer.RootElement.GetProperty("body").GetString() ?? "");
    }
}
