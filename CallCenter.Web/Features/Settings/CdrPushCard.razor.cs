using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Web.Composition;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Settings;

/// <summary>Switches the push of call detail on and off, and shows a new secret once.</summary>
public sealed partial class CdrPushCard : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private CdrPushState? _state;
    private string? _secret;
    private Error? _error;
    private bool _busy;
    private bool _loaded;

    /// <summary>First part of the address.</summary>
    [Parameter, EditorRequired]
    public string Slug { get; set; } = "";

    [Inject]
    public required ICdrPush Push { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required IStringLocalizer<CallIntakeText> Texts { get; init; }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private string AddressOf(string secret) => $"{Navigation.BaseUri.TrimEnd('/')}{CdrPushEndpoints.Prefix}/{Slug}/{secret}";

    private async Task LoadAsync()
    {
        var state = await Push.GetAsync(_disposed.Token);
        (_error, _state, _loaded) = (state.Error, state.Succeeded ? state.Value : null, true);
    }

    private async Task RenewAsync()
    {
        if (await Dialogs.ConfirmAsync(new ConfirmRequest(Texts["Push.RenewTitle"], Texts["Push.Renew"]) { Body = Texts["Push.RenewBody"], Danger = true }))
        {
            await MakeAsync();
        }
    }

    private async Task MakeAsync()
    {
        _busy = true;
        var made = await Push.MakeSecretAsync(_disposed.Token);
        _busy = false;
        if (made.Error is { } error)
        {
            _error = error;
            return;
        }

        _secret = made.Value;
        await LoadAsync();
    }

    private async Task SwitchOffAsync()
    {
        if (!await Dialogs.ConfirmAsync(new ConfirmRequest(Texts["Push.OffTitle"], Texts["Push.Off"]) { Body = Texts["Push.OffBody"], Danger = true }))
        {
            return;
        }

        _busy = true;
        var off = await Push.SwitchOffAsync(_disposed.Token);
        _busy = false;
        _error = off.Error;
        if (off.Succeeded)
        {
            await LoadAsync();
        }
    }
}
