using System.Globalization;
using CallCenter.Core.Doctor;
using CallCenter.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

[Collection(EndToEndCollection.Name)]
public sealed class SettingsJourneyTests(EndToEndFixture fixture)
{
    [Theory]
    [InlineData("en", "demo", 1440)]
    [InlineData("ar", "riyadh", 1440)]
    [InlineData("ar", "riyadh", 390)]
    public async Task Doctor_WellPbx_PassesEveryStepAndThePageStaysAccessible(string language, string slug, int width)
    {
        var words = new Words(language);
        await using var visitor = await VisitAsync(slug, new VisitorOptions(language, Width: width));
        var page = visitor.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<DoctorText>("Run"), Exact = true }).ClickAsync();
        foreach (var id in DoctorSteps.All)
        {
            await Expect(page.Locator($"[data-step='{id}']")).ToHaveAttributeAsync("data-state", nameof(DoctorState.Passed));
        }

        await Expect(page.Locator(".doctor-summary")).ToHaveTextAsync(words.Of<DoctorText>("SummaryWell"));
        await visitor.CheckPageAsync("settings with doctor");
        await page.Locator(".doctor").ScrollIntoViewIfNeededAsync();
        await visitor.TakeScreenshotAsync("settings-doctor");
        await AssertNoSecretAsync(page, slug);
    }

    [Theory]
    [InlineData("en", "demo")]
    [InlineData("ar", "riyadh")]
    public async Task Doctor_WrongCertificate_IsLoudAndOffersIt(string language, string slug)
    {
        var words = new Words(language);
        var pbx = fixture.Portal.Peers.Pbxs[slug];
        await using var visitor = await VisitAsync(slug, new VisitorOptions(language));
        var page = visitor.Page;
        pbx.Faults.WrongCertificate = true;
        try
        {
            await page.GetByRole(AriaRole.Button, new() { Name = words.Of<DoctorText>("Run"), Exact = true }).ClickAsync();
            await Expect(page.Locator("[data-step=tls]")).ToHaveAttributeAsync("data-state", nameof(DoctorState.Failed));
            await Expect(page.Locator("[data-step=tls]")).ToContainTextAsync(words.Of<DoctorText>("diagnosis.tls.mismatch.title"));
            await Expect(page.Locator("[data-step='gdms.token']")).ToHaveAttributeAsync("data-state", nameof(DoctorState.Passed));
            await page.GetByRole(AriaRole.Button, new() { Name = words.Of<DoctorText>("Pin"), Exact = true }).ClickAsync();

            var dialog = page.GetByRole(AriaRole.Dialog);
            await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = words.Of<DoctorText>("PinDo") })).ToBeDisabledAsync();
            await visitor.CheckPageAsync("pin dialog");
            await visitor.TakeScreenshotAsync("settings-pin");
            await dialog.GetByRole(AriaRole.Button, new() { Name = words.Of<DoctorText>("PinKeep") }).ClickAsync();
            await Expect(dialog).ToBeHiddenAsync();
        }
        finally
        {
            pbx.Faults.WrongCertificate = false;
        }
    }

    [Theory]
    [InlineData("en", "demo")]
    [InlineData("ar", "riyadh")]
    public async Task Edit_OtherHostWithoutPassword_IsRefusedAtTheFieldAndNothingIsLost(string language, string slug)
    {
        var words = new Words(language);
        await using var visitor = await VisitAsync(slug, new VisitorOptions(language));
        var page = visitor.Page;
        await EditAsync(page, words, "Pbx.Title");
        await page.FillAsync("#pbx-port", "1");
        await visitor.CheckPageAsync("settings in edit mode");
        await visitor.TakeScreenshotAsync("settings-edit");

        await page.Locator(".save-bar button[type=submit]").ClickAsync();

        await Expect(page.Locator("#pbx-password-error")).ToContainTextAsync(words.Of<ErrorText>("settings.secret_needed_again"));
        await Expect(page.Locator("#pbx-port")).ToHaveValueAsync("1");

        // Leaving asks first; staying keeps what was typed.
        await page.Locator("nav a[href$='/calls']").First.ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = words.Of<CommonText>("Cancel") }).ClickAsync();
        await Expect(page.Locator("#pbx-port")).ToHaveValueAsync("1");
        await AssertNoSecretAsync(page, slug);
    }

    [Fact]
    public async Task Save_TwoAdminsAtOnce_TheSecondSeesBothVersionsAndLosesNothing()
    {
        var words = new Words("en");
        await using var first = await VisitAsync("demo", new VisitorOptions());
        await using var second = await VisitAsync("demo", new VisitorOptions());
        await EditAsync(first.Page, words, "Extensions.Title");
        await EditAsync(second.Page, words, "Extensions.Title");
        var length = Random.Shared.Next(17, 24).ToString(CultureInfo.InvariantCulture);
        await first.Page.FillAsync("#ext-length", length);
        await first.Page.Locator(".save-bar button[type=submit]").ClickAsync();
        await Expect(first.Page.Locator("#ext-length")).ToHaveCountAsync(0);

        await second.Page.FillAsync("#ext-length", "30");
        await second.Page.Locator(".save-bar button[type=submit]").ClickAsync();

        var conflict = second.Page.Locator(".conflict");
        await Expect(conflict).ToContainTextAsync(length);
        await Expect(conflict).ToContainTextAsync("30");
        await second.CheckPageAsync("settings conflict");
        await second.TakeScreenshotAsync("settings-conflict");
        await conflict.Locator("input[type=radio]").Last.CheckAsync();
        await conflict.GetByRole(AriaRole.Button, new() { Name = words.Of<SettingsText>("Conflict.Merge") }).ClickAsync();
        await Expect(second.Page.Locator("#ext-length")).ToHaveValueAsync("30");
        await second.Page.Locator(".save-bar button[type=submit]").ClickAsync();
        await Expect(second.Page.Locator("#ext-length")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Open_AsAgent_DoesNotExist()
    {
        await using var visitor = await fixture.VisitAsync();
        await visitor.BecomeAsync("agent@demo.example");

        await visitor.OpenAsync("/demo/settings/call-center", expectFound: false);

        await Expect(visitor.Page.Locator(".save-bar, .settings-page")).ToHaveCountAsync(0);
        Assert.DoesNotContain(fixture.Portal.Peers.Pbxs["demo"].Options.Users[0].Name, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
    }

    private static Task EditAsync(IPage page, Words words, string title) => page.GetByRole(
        AriaRole.Button, new() { Name = words.Of<CommonText>("Settings.EditCard", words.Of<SettingsText>(title)) }).ClickAsync();

    private async Task<Visitor> VisitAsync(string slug, VisitorOptions options)
    {
        var visitor = await fixture.VisitAsync(options);
        await visitor.BecomeAsync($"admin@{slug}.example");
        await visitor.OpenAsync($"/{slug}/settings/call-center");
        return visitor;
    }

    private async Task AssertNoSecretAsync(IPage page, string slug)
    {
        var html = await page.ContentAsync();
        foreach (var user in fixture.Portal.Peers.Pbxs[slug].Options.Users)
        {
            Assert.DoesNotContain(user.Password, html, StringComparison.Ordinal);
        }
    }
}
