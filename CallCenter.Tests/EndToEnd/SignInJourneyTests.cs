using CallCenter.Core.Identity;
using CallCenter.Web.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

[Collection(EndToEndCollection.Name)]
public sealed class SignInJourneyTests(EndToEndFixture fixture)
{
    [Theory]
    [InlineData("en", "demo")]
    [InlineData("ar", "riyadh")]
    public async Task SignIn_WrongThenRight_LeadsToTheWantedPageAndOutAgain(string language, string slug)
    {
        var words = new Words(language);
        await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
        var page = visitor.Page;

        await page.GotoAsync($"/{slug}/calls?direction=Inbound");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/sign-in"));
        await page.FillAsync("#user-name", $"supervisor@{slug}.example");
        await page.FillAsync("#password", "not the password");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(words.Of(IdentityErrors.SignInFailed));

        await page.FillAsync("#user-name", $"supervisor@{slug}.example");
        await page.FillAsync("#password", fixture.Portal.State.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.ReachesAsync($"/{slug}/calls?direction=Inbound");
        await visitor.WaitUntilReadyAsync();

        await page.Locator("header details.menu").Last.Locator("summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<CommonText>("Account.SignOut") }).ClickAsync();
        await page.ReachesAsync("/account/sign-in");
        await page.GotoAsync($"/{slug}/calls");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/sign-in"));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task SignIn_FormWithoutToken_IsRefusedWithAReference(string language)
    {
        using var http = new HttpClient { BaseAddress = fixture.Portal.Address };
        http.DefaultRequestHeaders.Add("Accept-Language", language);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "sign-in", ["Input.UserName"] = "owner@demo.example" });

        using var answer = await http.PostAsync(new Uri("/account/sign-in", UriKind.Relative), form);
        var page = System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(new Words(language).Of<CommonText>("Error.Stale"), page, StringComparison.Ordinal);
        Assert.Matches("[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", page);
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Language_Switched_KeepsThePageAndItsFilters()
    {
        await using var visitor = await fixture.VisitAsync();
        await visitor.BecomeAsync("both@callcenter.example");
        await visitor.OpenAsync("/demo/calls?outcome=Answered");
        var page = visitor.Page;

        await page.Locator("details.menu:has(a[lang=ar]) > summary").ClickAsync();
        await page.Locator("a[lang=ar]").ClickAsync();

        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/demo/calls\\?outcome=Answered$"));
        await visitor.WaitUntilReadyAsync();
        await Expect(page.Locator("h1").First).ToContainTextAsync(new Words("ar").Of<CallsText>("Title"));
    }

    [Fact]
    public async Task Tenant_SomebodyElses_LooksLikeOneThatDoesNotExist()
    {
        await using var visitor = await fixture.VisitAsync();
        await visitor.BecomeAsync("owner@demo.example");

        await visitor.OpenAsync("/riyadh/calls", expectFound: false);
        var foreign = await visitor.Page.Locator("main .empty h1, main .empty p:not(.reference)").AllInnerTextsAsync();
        await visitor.OpenAsync("/nobody/calls", expectFound: false);
        var missing = await visitor.Page.Locator("main .empty h1, main .empty p:not(.reference)").AllInnerTextsAsync();

        Assert.NotEmpty(foreign);
        Assert.Equal(missing, foreign);
    }

    [Fact]
    public async Task Tenant_Switched_ShowsTheOther()
    {
        await using var visitor = await fixture.VisitAsync();
        await visitor.BecomeAsync("both@callcenter.example");
        await visitor.OpenAsync("/demo/calls");
        var page = visitor.Page;

        await page.Locator(".menu-summary").ClickAsync();
        await page.Locator(".menu-panel a[href=riyadh]").ClickAsync();

        await page.ReachesAsync("/riyadh/dashboard");
        await Expect(page.Locator(".menu-summary .tenant-name")).ToHaveTextAsync("مؤسسة واحة الرياض");
    }
}
