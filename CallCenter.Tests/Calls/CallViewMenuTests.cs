using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Calls;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Calls;

public sealed class CallViewMenuTests : PortalContext
{
    private const string Query = "outcome=Busy&cols=start";

    private static readonly CallViewRow Own = new(Guid.NewGuid(), "Lost today", "range=today&cols=start", false, true, 3);
    private static readonly CallViewRow Shared = new(Guid.NewGuid(), "Support", "queue=6500&cols=start", true, true, 1);

    private readonly ISavedViews _views = Substitute.For<ISavedViews>();
    private int _changes;

    public CallViewMenuTests() => Services.AddSingleton(_views);

    [Fact]
    public void Menu_Views_AreLinksByKindWithTheDefaultMarked()
    {
        var menu = Show(TenantRole.Agent);

        var links = menu.FindAll("[data-view]");
        Assert.Equal($"riyadh/calls?{Own.Query}&view={Own.Id}", links[0].GetAttribute("href"));
        Assert.Contains("opens first", links[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(["My views", "Views for everybody"], menu.FindAll(".menu-title").Select(title => title.TextContent));
    }

    [Fact]
    public void Save_NameTaken_SaysSoAtTheFieldAndKeepsWhatWasTyped()
    {
        _views.SaveAsync(default!).ReturnsForAnyArgs(CallViewErrors.NameTaken);
        var menu = Show(TenantRole.Agent);
        menu.Find("#view-save").Click();
        Assert.Empty(menu.FindAll("#view-shared"));

        menu.Find("#view-name").Input("Lost today");
        menu.Find("form").Submit();

        Assert.Contains("Another view", menu.Find(".field-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Lost today", menu.Find("#view-name").GetAttribute("value"));
    }

    [Fact]
    public void Save_AsDefaultForEverybody_KeepsWhatIsShownAndOpensIt()
    {
        var id = Guid.NewGuid();
        _views.SaveAsync(default!).ReturnsForAnyArgs(id);
        var menu = Show(TenantRole.Admin);
        menu.Find("#view-save").Click();

        menu.Find("#view-name").Input("Busy");
        menu.Find("#view-shared").Change(true);
        menu.Find("#view-default").Change(true);
        menu.Find("form").Submit();

        _views.Received(1).SaveAsync(new CallViewForm("Busy", Query, true), Arg.Any<CancellationToken>());
        _views.Received(1).SetDefaultAsync(id, Arg.Any<CancellationToken>());
        Assert.EndsWith($"/riyadh/calls?{Query}&view={id}", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal(1, _changes);
        Assert.Empty(menu.FindAll("form"));
    }

    [Fact]
    public void Active_FilterChanged_OffersToKeepTheChange()
    {
        Navigation.NavigateTo($"riyadh/calls?outcome=Busy&cols=start&view={Own.Id}");
        var menu = Show(TenantRole.Agent);
        Assert.Contains("Lost today(changed)", menu.Find("#views-menu").TextContent, StringComparison.Ordinal);

        menu.Find("#view-update").Click();

        _views.Received(1).ChangeAsync(Own.Id, new CallViewForm("Lost today", Query, false), 3, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Active_ViewIsGone_IsAnOrdinaryFilter()
    {
        Navigation.NavigateTo($"riyadh/calls?outcome=Busy&view={Guid.NewGuid()}");

        var menu = Show(TenantRole.Agent);

        Assert.Equal("Views", menu.Find("#views-menu").TextContent.Trim());
        Assert.Empty(menu.FindAll("#view-update"));
    }

    [Fact]
    public async Task Delete_OwnView_CanBeUndone()
    {
        var deleted = new DeletedCallView(Own.Id, new CallViewForm(Own.Name, Own.Query, false));
        _views.DeleteAsync(Own.Id, Arg.Any<CancellationToken>()).Returns(deleted);
        var menu = Show(TenantRole.Agent);
        menu.Find("#view-manage").Click();

        Buttons(menu, "Delete")[0].Click();

        var toast = Assert.Single(Services.GetRequiredService<Toasts>().Shown);
        await menu.InvokeAsync(() => toast.Undo!());
        await _views.Received(1).RestoreAsync(deleted, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Delete_SharedView_AsksFirst()
    {
        var menu = Show(TenantRole.Admin);
        menu.Find("#view-manage").Click();

        Buttons(menu, "Delete")[1].Click();

        _views.DidNotReceiveWithAnyArgs().DeleteAsync(default);
        Assert.Contains("Support", Services.GetRequiredService<Dialogs>().Current!.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Rename_ChangedElsewhere_SaysSo()
    {
        _views.ChangeAsync(default, default!, default).ReturnsForAnyArgs(CallViewErrors.Changed);
        var menu = Show(TenantRole.Agent);
        menu.Find("#view-manage").Click();
        Buttons(menu, "Rename")[0].Click();

        menu.Find("#view-rename").Input("Lost");
        menu.Find(".views-rename").Submit();

        Assert.Contains("changed meanwhile", menu.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Manage_DefaultPressed_TakesItBack()
    {
        var menu = Show(TenantRole.Agent);
        menu.Find("#view-manage").Click();

        menu.Find("[aria-pressed=true]").Click();

        _views.Received(1).SetDefaultAsync(null, Arg.Any<CancellationToken>());
    }

    private static List<AngleSharp.Dom.IElement> Buttons(IRenderedComponent<CallViewMenu> menu, string text) =>
        [.. menu.FindAll(".views-list button").Where(button => button.TextContent == text)];

    private IRenderedComponent<CallViewMenu> Show(TenantRole role)
    {
        EnterAs(role);
        return Render<CallViewMenu>(parameters => parameters
            .Add(menu => menu.Slug, "riyadh")
            .Add(menu => menu.Views, new CallViews([Own, Shared with { MayChange = role != TenantRole.Agent }], Shared.Id, null))
            .Add(menu => menu.Query, Query)
            .Add(menu => menu.OnChanged, EventCallback.Factory.Create(this, () => _changes++)));
    }
}
