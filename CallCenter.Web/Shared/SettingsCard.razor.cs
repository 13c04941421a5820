using CallCenter.Core.Primitives;
using CallCenter.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Shared;

/// <summary>One group of settings: shows them, edits them on request, and does not lose what was typed by accident.</summary>
public sealed partial class SettingsCard : ComponentBase, IDisposable
{
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter]
    public string? Description { get; set; }

    /// <summary>A status beside the title.</summary>
    [Parameter]
    public RenderFragment? HeadExtra { get; set; }

    /// <summary>The values as they are.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment View { get; set; }

    /// <summary>The fields of the form.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment Edit { get; set; }

    /// <summary>Whether the form is shown; the owner keeps it.</summary>
    [Parameter]
    public bool Editing { get; set; }

    [Parameter]
    public bool CanEdit { get; set; } = true;

    /// <summary>Whether the form differs from what is stored.</summary>
    [Parameter]
    public bool Dirty { get; set; }

    /// <summary>What changed, in words, for the save bar.</summary>
    [Parameter]
    public string? Changes { get; set; }

    /// <summary>A save is under way.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>A failure that is about no single field.</summary>
    [Parameter]
    public Error? Error { get; set; }

    [Parameter]
    public EventCallback OnEdit { get; set; }

    [Parameter]
    public EventCallback OnSave { get; set; }

    /// <summary>Throw the form away; asked for before when it differs.</summary>
    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Parameter]
    public string? Class { get; set; }

    [CascadingParameter]
    public SettingsPage? Page { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required IStringLocalizer<CommonText> Texts { get; init; }

    private string TitleId { get; } = $"card-{Guid.NewGuid():N}";

    private bool WasEditing { get; set; }

    public void Dispose() => Page?.Unregister(this);

    internal void Refresh() => StateHasChanged();

    protected override void OnInitialized() => Page?.Register(this);

    protected override void OnAfterRender(bool firstRender)
    {
        if (WasEditing != Editing)
        {
            // The other cards' edit buttons depend on this one.
            WasEditing = Editing;
            Page?.Refresh();
        }
    }

    private Task SaveAsync() => Busy || !Dirty ? Task.CompletedTask : OnSave.InvokeAsync();

    private async Task CancelAsync()
    {
        if (!Dirty || await DiscardAsync())
        {
            await OnCancel.InvokeAsync();
        }
    }

    private async Task GuardAsync(LocationChangingContext change)
    {
        if (Dirty && !await DiscardAsync())
        {
            change.PreventNavigation();
            Navigation.Stay();
        }
    }

    private Task<bool> DiscardAsync() => Dialogs.ConfirmAsync(new ConfirmRequest(Texts["Settings.DiscardTitle"], Texts["Settings.Discard"])
    {
        Body = Texts["Settings.DiscardBody", Title],
        Losses = Changes is null ? [] : [Changes],
        Danger = true,
    });
}
