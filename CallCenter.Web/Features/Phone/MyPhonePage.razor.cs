using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Phone;

public sealed partial class MyPhonePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private IDisposable? _subscription;
    private MyPhone? _phone;
    private Error? _failure;

    /// <summary>First part of the address; the gate has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required IMyPhone Own { get; init; }

    public void Dispose()
    {
        _subscription?.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        // Before the first read and the first await: no change is missed, and Dispose always sees it.
        _subscription = Own.Subscribe(() => InvokeAsync(RefreshAsync));
        return LoadAsync();
    }

    private async Task RefreshAsync()
    {
        try
        {
            if (!_disposed.IsCancellationRequested)
            {
                await LoadAsync();
                StateHasChanged();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Belongs to this circuit's error boundary, not to whoever raised the notice.
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task LoadAsync()
    {
        var read = await Own.GetAsync(_disposed.Token);
        _failure = read.Error;
        _phone = read.Succeeded ? read.Value : null;
    }
}
