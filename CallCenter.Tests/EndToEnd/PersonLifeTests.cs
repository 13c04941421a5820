using System.Diagnostics;
using System.Text.RegularExpressions;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Demo.Portal;
using CallCenter.Infrastructure.Identity;
using CallCenter.Web.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CallCenter.Tests.EndToEnd;

/// <summary>An account from its one-time password to the second factor, and what ends its sessions.</summary>
[Collection(PagesCollection.Name)]
public sealed class PersonLifeTests(EndToEndFixture fixture)
{
    private const string Password = "a fine long phrase";

    [Fact]
    public async Task NewPerson_OneTimePasswordThenSecondFactor_EachStepIsAsked()
    {
        var words = new Words("en");
        var person = await CreateAsync("walker");
        await using var visitor = await fixture.VisitAsync();
        var page = visitor.Page;

        await SignInAsync(page, person.UserName, person.OneTimePassword.Reveal());
        await Expect(page).ToHaveURLAsync(new Regex("/account/password"));
        await page.GotoAsync("/demo/calls");
        await Expect(page).ToHaveURLAsync(new Regex("/account/password"));
        await page.FillAsync("#current-password", person.OneTimePassword.Reveal());
        await page.FillAsync("#new-password", Password);
        await page.FillAsync("#repeat-password", Password);
        await page.ClickAsync("main form button[type=submit]");
        await page.LeavesAsync("/account/password");

        await visitor.OpenAsync("/account/security");
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<AccountText>("Second.Enable") }).ClickAsync();
        var key = string.Concat((await page.Locator(".qr + p, .qr ~ p.field-help").First.InnerTextAsync()).Where(c => c is (>= 'A' and <= 'Z') or (>= '2' and <= '7')))[^32..];
        await page.FillAsync("#setup-code", Totp.CodeAt(key, TimeProvider.System.GetUtcNow()));
        await page.GetByRole(AriaRole.Button, new() { Name = words.Of<AccountText>("Setup.Confirm") }).ClickAsync();
        await Expect(page.Locator("ul.codes li")).ToHaveCountAsync(10);
        var code = await page.Locator("ul.codes li").First.InnerTextAsync();

        await using var later = await fixture.VisitAsync();
        page = later.Page;
        await SignInAsync(page, person.UserName, Password);
        await Expect(page).ToHaveURLAsync(new Regex("/account/two-factor"));
        await page.FillAsync("#code", "000000");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(words.Of(IdentityErrors.SignInFailed));
        await page.GotoAsync("/account/recovery-code?returnUrl=%2Fdemo%2Fcalls");
        await page.FillAsync("#code", code);
        await page.Keyboard.PressAsync("Enter");
        await page.ReachesAsync("/demo/calls");
    }

    [Fact]
    public async Task OpenPage_PlaceInTheTenantClosed_IsGoneWithinAMinute()
    {
        var person = await CreateAsync("leaver");
        await using var visitor = await EnterAsync(person);
        await visitor.OpenAsync("/demo/calls");
        var clock = Stopwatch.StartNew();

        await ActAsync(people => people.DisableAsync(person.UserId, 0));

        await Expect(visitor.Page.Locator(".data-table, table")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await Expect(visitor.Page.Locator("main .empty h1")).ToHaveCountAsync(1, new() { Timeout = 60_000 - (float)clock.Elapsed.TotalMilliseconds });
    }

    [Fact]
    public async Task OpenPage_PasswordReset_EndsAtTheSignInWithinAMinute()
    {
        var person = await CreateAsync("forgetful");
        await using var visitor = await EnterAsync(person);
        await visitor.OpenAsync("/demo/calls");

        await ActAsync(people => people.ResetPasswordAsync(person.UserId));

        await visitor.Page.ReachesAsync("/account/sign-in", TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_ForeignReturnAddress_StaysHere(string returnUrl)
    {
        await using var visitor = await fixture.VisitAsync();

        await visitor.Page.GotoAsync("/account/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl));
        await visitor.Page.FillAsync("#user-name", "agent@demo.example");
        await visitor.Page.FillAsync("#password", fixture.Portal.State.Password);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.LeavesAsync("/account/sign-in");

        Assert.Equal(fixture.Portal.Address.Authority, new Uri(visitor.Page.Url).Authority);
    }

    [Fact]
    public async Task SessionCookie_Flags_KeepItFromScriptsAndForeignPages()
    {
        await using var visitor = await fixture.VisitAsync();
        await visitor.SignInAsync("agent@demo.example");

        var cookies = await visitor.Page.Context.CookiesAsync();

        var session = Assert.Single(cookies, cookie => cookie.Name == "cc-session");
        Assert.True(session.HttpOnly);
        Assert.Equal(SameSiteAttribute.Lax, session.SameSite);
        Assert.DoesNotContain("agent", Uri.UnescapeDataString(session.Value), StringComparison.Ordinal);
    }

    private static async Task SignInAsync(IPage page, string userName, string password)
    {
        await page.GotoAsync("/account/sign-in");
        await page.FillAsync("#user-name", userName);
        await page.FillAsync("#password", password);
        await page.Keyboard.PressAsync("Enter");
        await page.LeavesAsync("/account/sign-in");
    }

    private async Task<Visitor> EnterAsync(NewPerson person)
    {
        await using (var services = Services())
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<ScopeContext>().SignIn(person.UserId, person.UserName, isPlatformAdministrator: false, null);
            var changed = await scope.ServiceProvider.GetRequiredService<IMyAccount>().ChangePasswordAsync(person.OneTimePassword, new Secret(Password));
            Assert.Null(changed.Error);
        }

        var visitor = await fixture.VisitAsync();
        await SignInAsync(visitor.Page, person.UserName, Password);
        return visitor;
    }

    private async Task<NewPerson> CreateAsync(string name) => (await ActAsync(people => people.CreateAsync(
        new PersonForm { UserName = name, DisplayName = name, Email = $"{name}@demo.example", Role = TenantRole.Supervisor }))).Value;

    private async Task<T> ActAsync<T>(Func<ITenantPeople, Task<T>> act)
    {
        await using var services = Services();
        await using var scope = services.CreateAsyncScope();
        var tenant = (await scope.ServiceProvider.GetRequiredService<ITenantDirectory>().ListActiveAsync()).Single(t => t.Slug == "demo");
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, "test");
        return await act(scope.ServiceProvider.GetRequiredService<ITenantPeople>());
    }

    private ServiceProvider Services() => fixture.Portal.Database.CreateServices(
        settings: new PortalSettings(fixture.Portal.Database.ConnectionString, fixture.Portal.State.Key).Configuration);
}
