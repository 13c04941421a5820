using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Settings;

/// <summary>The tenant's call-center settings: four cards, how the connection fares, and the doctor.</summary>
public sealed partial class CallCenterPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private CardModel<PbxForm> _pbx = null!;
    private CardModel<GdmsForm> _gdms = null!;
    private CardModel<ExtensionForm> _extensions = null!;
    private CardModel<RecordingForm> _recordings = null!;
    private DoctorPanel? _doctor;
    private Error? _failure;
    private Error? _pinError;
    private bool _loaded;

    /// <summary>First part of the address; the gate has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required ITenantSettings Settings { get; init; }

    [Inject]
    public required IConnectionStatusFeed Feed { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required IStringLocalizer<SettingsText> Texts { get; init; }

    private bool MayEdit => Scope.May(Permissions.Settings.Edit);

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        _pbx = new CardModel<PbxForm>(new PbxFormValidator(), Settings.SaveAsync);
        _gdms = new CardModel<GdmsForm>(new GdmsFormValidator(), Settings.SaveAsync);
        _extensions = new CardModel<ExtensionForm>(new ExtensionFormValidator(), Settings.SaveAsync);
        _recordings = new CardModel<RecordingForm>(new RecordingFormValidator(), Settings.SaveAsync);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var settings = await Settings.GetAsync(_disposed.Token);
        _failure = settings.Error;
        if (settings.Succeeded)
        {
            _pbx.Load(settings.Value.Pbx);
            _gdms.Load(settings.Value.Gdms);
            _extensions.Load(settings.Value.Extensions);
            _recordings.Load(settings.Value.Recordings);
            _loaded = true;
        }
    }

    private void AfterSaved() => Toasts.Show(Texts["Saved"]);

    private async Task AfterPbxSavedAsync()
    {
        AfterSaved();
        await Feed.CheckNowAsync(_disposed.Token);
    }

    private Task TestAsync() => _doctor?.RunAsync() ?? Task.CompletedTask;

    private async Task PinAsync(string sha256)
    {
        var form = SettingsForms.Copy(_pbx.Stored.Values);
        form.PinnedCertificateSha256 = sha256;
        var outcome = await Settings.SaveAsync(form, _pbx.Stored.Version, _disposed.Token);
        if ((outcome.Saved ?? outcome.Theirs) is { } card)
        {
            // Somebody else's version is shown; whether the pin still belongs there is to be judged anew.
            _pbx.Load(card);
        }

        _pinError = outcome.Errors.Count > 0 ? outcome.Errors[0] : null;
        if (outcome.Saved is not null)
        {
            Toasts.Show(Texts["Pinned"]);
            await TestAsync();
        }
    }
}
