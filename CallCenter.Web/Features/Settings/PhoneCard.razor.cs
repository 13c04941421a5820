using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Settings;

/// <summary>The card of the phone in the browser, with the question to the PBX.</summary>
public sealed partial class PhoneCard : ComponentBase, IDisposable
{
    private static readonly string[] Shown =
    [
        nameof(PhoneForm.AutoAnswer), nameof(PhoneForm.Ringtone), nameof(PhoneForm.DndAllowed), nameof(PhoneForm.ParkNumber), nameof(PhoneForm.ConferenceNumber),
        nameof(PhoneForm.StunServers), nameof(PhoneForm.TurnServers),
    ];

    private static readonly string[] Hidden =
    [
        nameof(PhoneForm.WebSocketUrl), nameof(PhoneForm.SipDomain), nameof(PhoneForm.Realm), nameof(PhoneForm.Codecs), nameof(PhoneForm.MaxCalls),
        nameof(PhoneForm.MediaTimeoutSeconds), nameof(PhoneForm.RegisterSeconds),
    ];

    private readonly CancellationTokenSource _disposed = new();
    private CardModel<PhoneForm>? _card;
    private PhoneProbe? _probe;
    private Error? _failure;
    private Error? _askError;
    private bool _asking;

    [Parameter]
    public bool CanEdit { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required IPhoneSettings Settings { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required IStringLocalizer<SettingsText> Texts { get; init; }

    // A hidden field that fails must be seen.
    private bool AdvancedFails => Hidden.Any(name => _card?[name] is not null);

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var read = await Settings.GetAsync(_disposed.Token);
        _failure = read.Error;
        if (read.Succeeded)
        {
            _card ??= new CardModel<PhoneForm>(new PhoneFormValidator(), Settings.SaveAsync);
            _card.Load(read.Value);
        }
    }

    private async Task AskAsync()
    {
        (_asking, _probe, _askError) = (true, null, null);
        try
        {
            var asked = await Settings.AskAsync(_disposed.Token);
            (_askError, _probe) = (asked.Error, asked.Succeeded ? asked.Value : null);
        }
        finally
        {
            _asking = false;
        }
    }

    private void OnSaved()
    {
        _probe = null;
        Toasts.Show(Texts["Saved"]);
    }

    private string Label(string field) => Fields.Label<PhoneForm>(field);

    private void Set(string name, object? value) => _card?.Set(name, value);
}
