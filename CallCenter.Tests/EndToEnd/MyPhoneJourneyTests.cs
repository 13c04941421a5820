using CallCenter.Core.Identity;
using CallCenter.Tests.Support;
using CallCenter.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

[Collection(EndToEndCollection.Name)]
public sealed class MyPhoneJourneyTests(EndToEndFixture fixture)
{
    [Theory]
    [InlineData("en", "demo")]
    [InlineData("ar", "riyadh")]
    public async Task SignIn_WithTheExtension_OpensItsHoldersPortal(string language, string slug)
    {
        var number = await OwnPhone.EnsureAsync(fixture.Portal, slug);
        var words = new Words(language);

        foreach (var (start, name) in new[] { ($"/{slug}/me/phone", number), ("/account/sign-in", $"{number}@{slug}") })
        {
            await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
            var page = visitor.Page;
            await page.GotoAsync(start);
            await Expect(page.Locator("form .field-help").First)
                .ToHaveTextAsync(words.Of<AccountText>(name == number ? "SignIn.ExtensionHere" : "SignIn.ExtensionHelp"));
            await visitor.CheckPageAsync("sign-in");
            await page.FillAsync("#user-name", name);
            await page.FillAsync("#password", fixture.Portal.State.Password);
            await page.Keyboard.PressAsync("Enter");
            await page.LeavesAsync("/account/sign-in");
            await visitor.OpenAsync($"/{slug}/me/phone");

            await Expect(page.Locator(".own-number")).ToContainTextAsync(number);
        }
    }

    [Theory]
    [InlineData("en", "demo", "light", 1440)]
    [InlineData("ar", "riyadh", "light", 1440)]
    [InlineData("ar", "riyadh", "dark", 390)]
    public async Task Secret_BehindThePassword_IsShownAndForgotten(string language, string slug, string theme, int width)
    {
        var number = await OwnPhone.EnsureAsync(fixture.Portal, slug);
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language, theme, width));
        await visitor.BecomeAsync($"agent@{slug}.example");
        await visitor.OpenAsync($"/{slug}");
        var page = visitor.Page;
        await page.Locator("header details.menu").Last.Locator("summary").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = words.Of<CommonText>("Account.Phone") }).ClickAsync();
        await Expect(page.Locator(".own-number")).ToContainTextAsync(number);
        Assert.DoesNotContain(OwnPhone.SipSecret, await page.ContentAsync(), StringComparison.Ordinal);

        var open = page.GetByRole(AriaRole.Button, new() { Name = words.Of<PhoneText>("Secret.Show") });
        await open.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.FillAsync("#phone-account-password", "not the password");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("dialog[open]")).ToContainTextAsync(words.Of(IdentityErrors.WrongPassword));
        await visitor.CheckPageAsync("password of the extension, refused");
        await page.FillAsync("#phone-account-password", fixture.Portal.State.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("dialog[open]")).ToContainTextAsync(OwnPhone.SipSecret);
        await Expect(page.Locator("dialog[open] .qr svg")).ToBeVisibleAsync();
        await visitor.CheckPageAsync("password of the extension");
        await visitor.TakeScreenshotAsync("my-phone-secret");

        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Expect(open).ToBeFocusedAsync();
        Assert.DoesNotContain(OwnPhone.SipSecret, await page.ContentAsync(), StringComparison.Ordinal);
        var kept = await page.EvaluateAsync<string>("() => JSON.stringify(sessionStorage) + JSON.stringify(localStorage) + location.href");
        Assert.DoesNotContain(OwnPhone.SipSecret, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(OwnPhone.SipSecret, await File.ReadAllTextAsync(fixture.Portal.LogFile), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "demo")]
    [InlineData("ar", "riyadh")]
    public async Task Transport_ChosenByKeyboard_ShowsItsPort(string language, string slug)
    {
        await OwnPhone.EnsureAsync(fixture.Portal, slug);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync($"agent@{slug}.example");
        await visitor.OpenAsync($"/{slug}/me/phone");
        var page = visitor.Page;

        await page.Locator("input[name=transport][value=udp]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");

        await Expect(page.Locator("input[name=transport][value=tls]")).ToBeCheckedAsync();
        await Expect(page.Locator(".facts dd").Nth(1)).ToContainTextAsync("5061");
    }

    [Theory]
    [InlineData("en", "demo")]
    [InlineData("ar", "riyadh")]
    public async Task TestCall_Asked_HasThePbxRingThePhone(string language, string slug)
    {
        await OwnPhone.EnsureAsync(fixture.Portal, slug);
        var words = new Words(language);
        var pbx = fixture.Portal.Peers.Pbxs[slug];
        var before = pbx.Requests.Count("dialExtension");
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        await visitor.BecomeAsync($"agent@{slug}.example");
        var page = visitor.Page;

        // The PBX's own traffic may be ringing this line; then the page says so, and its owner comes again.
        var done = page.Locator(".test-steps .is-done").First;
        await Waiting.UntilAsync(
            async () =>
            {
                await visitor.OpenAsync($"/{slug}/me/phone");
                await page.GetByRole(AriaRole.Button, new() { Name = words.Of<PhoneText>("Test.Do") }).ClickAsync();
                await Expect(done.Or(page.Locator("[aria-labelledby=test-title] [role=alert]")).First).ToBeVisibleAsync();
                return await done.IsVisibleAsync();
            },
            "the PBX was asked for the call");
        await Expect(done).ToContainTextAsync(words.Of<PhoneText>("Test.Asking"));
        Assert.Equal(1, pbx.Requests.Count("dialExtension") - before);
        await visitor.CheckPageAsync("test call");
        await visitor.TakeScreenshotAsync("my-phone-test-call");
    }
}
