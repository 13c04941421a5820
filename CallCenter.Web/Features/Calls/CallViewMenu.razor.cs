using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Calls;

/// <summary>The menu of saved views, and what is done to them.</summary>
public sealed partial class CallViewMenu : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private bool _saving;
    private bool _managing;
    private bool _busy;
    private bool _shared;
    private bool _default;
    private string? _name;
    private Guid? _renamed;

    /// <summary>Changes with the address, and renders this anew.</summary>
    [CascadingParameter(Name = "FilterAddress")]
    public string? Address { get; set; }

    [Parameter, EditorRequired]
    public string Slug { get; set; } = "";

    [Parameter, EditorRequired]
    public CallViews Views { get; set; } = CallViews.None;

    /// <summary>What the list shows now: filter and columns, as a view keeps them.</summary>
    [Parameter, EditorRequired]
    public string Query { get; set; } = "";

    /// <summary>Views were changed; read them again.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required ISavedViews Service { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required ErrorTexts Errors { get; init; }

    private CallViewRow? Active =>
        Guid.TryParse(Navigation.Get(CallAddress.ViewKey), out var id) ? Views.Views.FirstOrDefault(view => view.Id == id) : null;

    private bool IsChanged => Active is { } view && view.Query != CallView.Tidy(Query);

    private bool MayShare => Scope.May(Permissions.Settings.Edit);

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private void OpenSave()
    {
        _errors.Clear();
        (_saving, _shared, _default, _name) = (true, false, false, null);
    }

    private void OpenRename(CallViewRow view)
    {
        _errors.Clear();
        (_renamed, _name) = (view.Id, view.Name);
    }

    private void CloseManage()
    {
        _errors.Clear();
        (_managing, _renamed) = (false, null);
    }

    private async Task SaveAsync()
    {
        var form = new CallViewForm(_name ?? "", Query, _shared);
        _busy = true;
        var saved = await Service.SaveAsync(form, _disposed.Token);
        if (_errors.Take(saved.Error))
        {
            if (_default)
            {
                _errors.Take((await Service.SetDefaultAsync(saved.Value, _disposed.Token)).Error);
            }

            _saving = _errors.Any;
            await OnChanged.InvokeAsync();
            Toasts.Show(L["Views.Saved", form.Name.Trim()]);
            Navigation.NavigateTo(CallAddress.For(Slug, CallView.Tidy(Query), saved.Value));
        }

        _busy = false;
    }

    private async Task UpdateAsync()
    {
        if (Active is not { } view || !await MayDisturbAsync(view, L["Views.UpdateAsk", view.Name], L["Views.UpdateDo"]))
        {
            return;
        }

        var error = await RunAsync(Service.ChangeAsync(view.Id, new CallViewForm(view.Name, Query, view.IsShared), view.Version, _disposed.Token));
        Toasts.Show(error is null ? L["Views.Updated", view.Name] : Errors[error], error is null ? Tone.Good : Tone.Bad);
    }

    private async Task RenameAsync(CallViewRow view)
    {
        if (await RunAsync(Service.ChangeAsync(view.Id, new CallViewForm(_name ?? "", view.Query, view.IsShared), view.Version, _disposed.Token)) is null)
        {
            _renamed = null;
        }
    }

    private async Task ShareAsync(CallViewRow view)
    {
        if (!view.IsShared || await MayDisturbAsync(view, L["Views.UnshareAsk", view.Name], L["Views.Unshare"]))
        {
            await RunAsync(Service.ChangeAsync(view.Id, new CallViewForm(view.Name, view.Query, !view.IsShared), view.Version, _disposed.Token));
        }
    }

    private Task<Error?> DefaultAsync(CallViewRow view) => RunAsync(Service.SetDefaultAsync(view.Id == Views.DefaultId ? null : view.Id, _disposed.Token));

    private async Task DeleteAsync(CallViewRow view)
    {
        if (!await MayDisturbAsync(view, L["Views.DeleteAsk", view.Name], L["Views.Delete"]))
        {
            return;
        }

        var deleted = await Service.DeleteAsync(view.Id, _disposed.Token);
        _errors.Take(deleted.Error);
        if (deleted.Succeeded)
        {
            Toasts.Show(L["Views.Deleted", view.Name], undo: async () =>
            {
                var restored = await Service.RestoreAsync(deleted.Value);
                if (restored.Error is { } error)
                {
                    Toasts.Show(Errors[error], Tone.Bad);
                }

                if (!_disposed.IsCancellationRequested)
                {
                    await InvokeAsync(OnChanged.InvokeAsync);
                }
            });
        }

        await OnChanged.InvokeAsync();
    }

    /// <summary>What others use is not changed in passing; the own can be undone or made again.</summary>
    private Task<bool> MayDisturbAsync(CallViewRow view, string title, string confirm) => view.IsShared
        ? Dialogs.ConfirmAsync(new ConfirmRequest(title, confirm) { Body = L["Views.Others"], Danger = true })
        : Task.FromResult(true);

    private async Task<Error?> RunAsync(Task<Result> act)
    {
        _busy = true;
        var error = (await act).Error;
        _errors.Take(error);
        _busy = false;
        await OnChanged.InvokeAsync();
        return error;
    }
}
