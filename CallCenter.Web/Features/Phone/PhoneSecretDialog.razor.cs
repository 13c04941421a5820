using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Phone;

/// <summary>Asks for the account's password and shows the extension's; forgets both when it closes, which it does by itself after a while.</summary>
public sealed partial class PhoneSecretDialog : ComponentBase, IDisposable
{
    /// <summary>How long the secret stays on a screen that nobody closes.</summary>
    internal static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private PhoneCredentials? _credentials;
    private string? _password = "";
    private ITimer? _timer;
    private bool _busy;

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    public required IMyPhone Own { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose()
    {
        Forget();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private async Task ShowAsync()
    {
        var password = new Secret(_password ?? "");
        _password = "";
        _busy = true;
        try
        {
            var shown = await Own.ShowSecretAsync(password, _disposed.Token);

            // Closed meanwhile: nobody waits for it any more.
            if (_errors.Take(shown.Error) && Open)
            {
                _credentials = shown.Value;
                _timer = Clock.CreateTimer(_ => _ = InvokeAsync(CloseAsync), null, ShownFor, Timeout.InfiniteTimeSpan);
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private Task CloseAsync()
    {
        Forget();
        return OnClose.InvokeAsync();
    }

    private void Forget()
    {
        _timer?.Dispose();
        (_timer, _credentials, _password) = (null, null, "");
        _errors.Clear();
    }
}
