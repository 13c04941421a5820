using Bunit;
using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;
using CallCenter.Core.Teams;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Teams;
using CallCenter.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Teams;

public sealed class TeamsPageTests : PortalContext
{
    private static readonly TeamPerson Nora = new(Guid.NewGuid(), "Nora Quinn", TenantRole.Agent);
    private static readonly TeamQueue Support = new("6500", "Support", PbxGroupKind.Queue);
    private static readonly TeamQueue Gone = new("6599", "", null);
    private static readonly TeamRow Evening = new(Guid.NewGuid(), "Evening", [Nora], [Gone], 2);

    private readonly ITeams _teams = Substitute.For<ITeams>();

    public TeamsPageTests()
    {
        Services.AddSingleton(_teams);
        Show(Evening);
        _teams.ReadChoicesAsync().ReturnsForAnyArgs(new TeamChoices([Nora], [Support]));
    }

    [Fact]
    public void Render_NoTeams_SaysWhatFollowsFromIt()
    {
        Show();

        Assert.Contains("their own calls only", RenderPage(TenantRole.Admin).Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Failed_SaysSo()
    {
        _teams.ListAsync().ReturnsForAnyArgs((Result<IReadOnlyList<TeamRow>>)AccessErrors.Denied);

        Assert.NotNull(RenderPage(TenantRole.Admin).Find(".failed[role=alert]"));
    }

    [Fact]
    public void Open_TeamWithAQueueThatIsGone_KeepsItToBeTakenOut()
    {
        var page = RenderPage(TenantRole.Admin);
        page.Find(".row-open").Click();
        Assert.True(page.Find("#team-group-6599").HasAttribute("checked"));

        page.Find("#team-group-6599").Change(false);
        page.Find("#team-group-6500").Change(true);
        _teams.ChangeAsync(default, default!, default).ReturnsForAnyArgs(Result.Success);
        page.Find("form").Submit();

        _teams.Received(1).ChangeAsync(
            Evening.Id, Arg.Is<TeamForm>(form => form.Groups.SequenceEqual(new[] { "6500" }) && form.Members.SequenceEqual(new[] { Nora.UserId })), 2, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Save_NameTaken_SaysSoAtTheField()
    {
        _teams.CreateAsync(default!).ReturnsForAnyArgs((Result<Guid>)TeamErrors.NameTaken);
        var page = RenderPage(TenantRole.Admin);
        page.Find("header .btn-primary").Click();

        page.Find("#team-name").Input("Evening");
        page.Find("form").Submit();

        Assert.NotEmpty(page.FindAll("#team-name-error"));
    }

    [Fact]
    public void Open_ForThoseWhoOnlyLook_ChangesNothing()
    {
        var page = RenderPage(TenantRole.Manager);
        page.Find(".row-open").Click();

        Assert.Empty(page.FindAll("header .btn-primary, form button"));
        Assert.True(page.Find("#team-name").HasAttribute("disabled"));
    }

    [Fact]
    public void Delete_Confirmed_CanBeUndone()
    {
        var form = new TeamForm { Name = "Evening" };
        _teams.DeleteAsync(default, default).ReturnsForAnyArgs(form);
        var page = RenderPage(TenantRole.Admin);
        page.Find(".row-open").Click();
        page.FindAll("form button")[1].Click();
        Assert.Contains("Evening", Services.GetRequiredService<Dialogs>().Current!.Title, StringComparison.Ordinal);

        page.InvokeAsync(() => Services.GetRequiredService<Dialogs>().Answer(true));

        page.WaitForAssertion(() => _teams.Received(1).DeleteAsync(Evening.Id, 2, Arg.Any<CancellationToken>()));
        page.WaitForAssertion(() => Assert.NotNull(Assert.Single(Services.GetRequiredService<Toasts>().Shown).Undo));
    }

    private void Show(params TeamRow[] rows) => _teams.ListAsync().ReturnsForAnyArgs((Result<IReadOnlyList<TeamRow>>)rows);

    private IRenderedComponent<TeamsPage> RenderPage(TenantRole role)
    {
        EnterAs(role);
        return Render<TeamsPage>(parameters => parameters.Add(page => page.Slug, "riyadh"));
    }
}
