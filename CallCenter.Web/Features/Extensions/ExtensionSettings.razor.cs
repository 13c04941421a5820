using CallCenter.Core.Extensions;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Features.Extensions;

/// <summary>Shows and edits the settings of one extension.</summary>
public sealed partial class ExtensionSettings : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private ProfileEdit? _edit;
    private bool _busy;

    [Parameter, EditorRequired]
    public required ExtensionDetail Detail { get; set; }

    [Parameter]
    public bool CanEdit { get; set; }

    /// <summary>The change is asked for.</summary>
    [Parameter]
    public EventCallback OnSaved { get; set; }

    [Inject]
    public required IExtensions Extensions { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    private bool MayChange => (Detail.Row.State == ExtensionState.Active || (Detail.Row.State == ExtensionState.Failed && Detail.Row.Operation == ExtensionOperation.Change))
        && Detail.Row.MissingSinceUtc is null;

    private bool Dirty => _edit is { Changes.Count: > 0 };

    private string? Changes => _edit is { Changes: { Count: > 0 } changes } ? L["Changed", string.Join(L["ListSeparator"], changes.Select(change => Texts.Field(change.Name)))].Value : null;

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private void Begin()
    {
        _errors.Clear();
        _edit = new ProfileEdit(Detail.Wanted, Detail.Row.Version);
    }

    private async Task SaveAsync()
    {
        _errors.Clear();
        if (_busy || _edit is not { } edit || !Dirty || !ExtensionProfileFields.Check(edit.Typed, _errors))
        {
            return;
        }

        _busy = true;
        try
        {
            var error = (await Extensions.ChangeAsync(Detail.Row.Id, edit.Typed, edit.Version, _disposed.Token)).Error;

            // The version also moves without any other setting, as when a person is assigned or the PBX caught up.
            for (var tries = 0; error == ExtensionErrors.Conflict && tries < 3; tries++)
            {
                var now = await Extensions.GetAsync(Detail.Row.Id, _disposed.Token);
                if (!now.Succeeded || edit.Rebase(now.Value.Wanted, now.Value.Row.Version))
                {
                    error = now.Error;
                    if (error is null)
                    {
                        return;
                    }

                    break;
                }

                error = (await Extensions.ChangeAsync(Detail.Row.Id, edit.Typed, edit.Version, _disposed.Token)).Error;
            }

            if (!_errors.Take(error))
            {
                return;
            }
        }
        finally
        {
            _busy = false;
        }

        _edit = null;
        await OnSaved.InvokeAsync();
    }

    private async Task CancelAsync()
    {
        if (!Dirty || await DiscardAsync())
        {
            _edit = null;
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

    private Task<bool> DiscardAsync() => Dialogs.ConfirmAsync(new ConfirmRequest(Common["Settings.DiscardTitle"], Common["Settings.Discard"])
    {
        Body = Common["Settings.DiscardBody", L["Section.Settings"].Value],
        Losses = Changes is { } changes ? [changes] : [],
        Danger = true,
    });
}
