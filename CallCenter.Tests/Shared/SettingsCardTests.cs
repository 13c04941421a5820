using Bunit;
using CallCenter.Tests.Support;
using CallCenter.Web.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Shared;

public sealed class SettingsCardTests : PortalContext
{
    private int _saved;
    private int _cancelled;

    private Dialogs Dialogs => Services.GetRequiredService<Dialogs>();

    [Fact]
    public void Save_NothingChanged_IsNotOffered()
    {
        var card = RenderCard(dirty: false);

        Assert.True(card.Find("button[type=submit]").HasAttribute("disabled"));
        card.Find("form").Submit();
        Assert.Equal(0, _saved);
    }

    [Fact]
    public void Save_Changed_Saves()
    {
        var card = RenderCard(dirty: true);

        card.Find("form").Submit();

        Assert.Equal(1, _saved);
    }

    [Fact]
    public async Task Cancel_Changed_AsksAndKeepsOnNo()
    {
        var card = RenderCard(dirty: true);

        var click = card.Find(".save-bar button[type=button]").ClickAsync();
        Assert.Contains("PBX", Dialogs.Current!.Body, StringComparison.Ordinal);
        Dialogs.Answer(false);
        await click;

        Assert.Equal(0, _cancelled);
    }

    [Fact]
    public async Task Cancel_Changed_ThrowsAwayOnYes()
    {
        var card = RenderCard(dirty: true);

        var click = card.Find(".save-bar button[type=button]").ClickAsync();
        Dialogs.Answer(true);
        await click;

        Assert.Equal(1, _cancelled);
    }

    [Fact]
    public async Task Leave_Changed_StaysOnNo()
    {
        RenderCard(dirty: true);
        var before = Navigation.Uri;

        Navigation.NavigateTo("/elsewhere");
        Assert.NotNull(Dialogs.Current);
        Dialogs.Answer(false);
        await Task.Yield();

        Assert.Equal(before, Navigation.Uri);
    }

    [Fact]
    public void Edit_OtherCardEditing_IsNotOffered()
    {
        var page = Render<TwoCards>();

        page.WaitForAssertion(() => Assert.True(page.Find("button[aria-label='Edit Two']").HasAttribute("disabled")));
    }

    [Fact]
    public void ConfirmHost_Question_NamesLossesAndAnswers()
    {
        var host = Render<DialogHost>();

        var answer = Dialogs.ConfirmAsync(new ConfirmRequest("Disable Nora?", "Disable") { Losses = ["Her sessions"], Danger = true });
        host.WaitForAssertion(() => Assert.Equal("Her sessions", host.Find("li").TextContent));
        host.Find(".btn-danger").Click();

        Assert.True(answer.IsCompletedSuccessfully);
        host.WaitForAssertion(() => Assert.Empty(host.FindAll("h2")));
    }

    [Fact]
    public void ToastHost_Undo_TakesBackAndCloses()
    {
        var undone = 0;
        var host = Render<ToastHost>();
        Services.GetRequiredService<Toasts>().Show("Done", undo: () =>
        {
            undone++;
            return Task.CompletedTask;
        });

        host.WaitForElement(".toast .btn").Click();

        Assert.Equal(1, undone);
        host.WaitForAssertion(() => Assert.Empty(host.FindAll(".toast")));
    }

    private IRenderedComponent<SettingsCard> RenderCard(bool dirty) => Render<SettingsCard>(p => p
        .Add(c => c.Title, "PBX")
        .Add(c => c.View, "view")
        .Add(c => c.Edit, "edit")
        .Add(c => c.Editing, true)
        .Add(c => c.Dirty, dirty)
        .Add(c => c.OnSave, () => _saved++)
        .Add(c => c.OnCancel, () => _cancelled++));
}
