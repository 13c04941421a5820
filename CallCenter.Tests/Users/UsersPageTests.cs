using Bunit;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Users;
using CallCenter.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Users;

public sealed class UsersPageTests : PortalContext
{
    private readonly ITenantPeople _people = Substitute.For<ITenantPeople>();
    private readonly PersonRow _agent = Person("Liam Byrne", "liam", TenantRole.Agent);
    private readonly PersonRow _owner = Person("Nora Quinn", "nora", TenantRole.Owner);

    public UsersPageTests()
    {
        Services.AddSingleton(_people);
        _people.ListAsync().ReturnsForAnyArgs(Listed(_agent, _owner));
    }

    [Fact]
    public void Load_Denied_ShowsWhyAndOffersToTryAgain()
    {
        EnterAs(TenantRole.Agent);
        _people.ListAsync().ReturnsForAnyArgs(AccessErrors.Denied);

        var page = Render<UsersPage>();

        Assert.Contains("not allowed", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        _people.ListAsync().ReturnsForAnyArgs(Listed(_agent));
        page.Find("[role=alert] button").Click();
        Assert.Single(page.FindAll("tbody tr"));
    }

    [Fact]
    public void Buttons_ReaderMayNotEdit_AreAbsent()
    {
        EnterAs(TenantRole.Manager);

        var page = Render<UsersPage>();

        Assert.Empty(page.FindAll(".page-actions button"));
        page.Find(".row-open").Click();
        Assert.Empty(page.FindAll(".overlay-foot button"));
    }

    [Fact]
    public void Filter_InTheAddress_NarrowsTheList()
    {
        EnterAs(TenantRole.Admin);
        Navigation.NavigateTo("/riyadh/users?role=Owner");

        var page = Render<UsersPage>();

        Assert.Contains("Nora Quinn", Assert.Single(page.FindAll("tbody tr")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Filter_NobodyMatches_SaysWhatToDo()
    {
        EnterAs(TenantRole.Admin);
        Navigation.NavigateTo("/riyadh/users?q=zz");

        var page = Render<UsersPage>();

        Assert.Equal("Nobody matches", page.Find(".empty h2").TextContent);
    }

    [Fact]
    public void Create_NameTaken_StandsAtTheFieldAndKeepsWhatWasTyped()
    {
        EnterAs(TenantRole.Admin);
        _people.CreateAsync(default!).ReturnsForAnyArgs(IdentityErrors.UserNameTaken);
        var page = Render<UsersPage>();

        page.Find(".page-actions .btn-primary").Click();
        page.Find("#person-user-name").Input("liam");
        page.Find("dialog form").Submit();

        Assert.Equal("This user name is taken.", page.Find("#person-user-name-error").TextContent);
        Assert.Equal("liam", page.Find("#person-user-name").GetAttribute("value"));
    }

    [Fact]
    public void Create_Made_ShowsThePasswordOnce()
    {
        EnterAs(TenantRole.Admin);
        _people.CreateAsync(default!).ReturnsForAnyArgs(new NewPerson(Guid.NewGuid(), "cian", new Secret("abcd-efgh")));
        var page = Render<UsersPage>();

        page.Find(".page-actions .btn-primary").Click();
        page.Find("dialog form").Submit();
        Assert.Contains("abcd-efgh", page.Markup, StringComparison.Ordinal);
        page.Find("dialog .overlay-body .btn-primary").Click();

        Assert.DoesNotContain("abcd-efgh", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disable_NotConfirmed_DoesNothing()
    {
        EnterAs(TenantRole.Admin);
        var page = Render<UsersPage>();
        page.FindAll(".row-open")[0].Click();

        var click = page.FindAll(".overlay-foot button")[1].ClickAsync();
        var dialogs = Services.GetRequiredService<Dialogs>();
        Assert.Equal("Disable Liam Byrne?", dialogs.Current!.Title);
        Assert.NotEmpty(dialogs.Current.Losses);
        dialogs.Answer(false);
        await click;

        await _people.DidNotReceiveWithAnyArgs().DisableAsync(default, default);
    }

    [Fact]
    public async Task Disable_LastOwner_SaysWhyInTheDrawer()
    {
        EnterAs(TenantRole.Owner);
        _people.DisableAsync(default, default).ReturnsForAnyArgs(IdentityErrors.LastOwner);
        var page = Render<UsersPage>();
        page.FindAll(".row-open")[1].Click();

        var click = page.FindAll(".overlay-foot button")[1].ClickAsync();
        Services.GetRequiredService<Dialogs>().Answer(true);
        await click;

        page.WaitForAssertion(() => Assert.Equal("A tenant needs at least one active owner.", page.Find("dialog.drawer [role=alert]").TextContent.Trim()));
    }

    [Fact]
    public void Roles_Admin_CannotMakeOwners()
    {
        EnterAs(TenantRole.Admin);
        var page = Render<UsersPage>();

        page.Find(".page-actions .btn-primary").Click();

        Assert.DoesNotContain("Owner", page.FindAll("#person-role option").Select(option => option.TextContent));
    }

    private static PersonRow Person(string name, string userName, TenantRole role) =>
        new(Guid.NewGuid(), userName, name, $"{userName}@example.com", role, null, false, false, Now.AddDays(-3), 1);

    private static Result<IReadOnlyList<PersonRow>> Listed(params PersonRow[] people) => people;
}
