using CallCenter.Core.Erasure;
using CallCenter.Core.Primitives;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Erasure;

public sealed partial class ErasureCertificatePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan WhileRunning = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _disposed = new();
    private readonly FieldErrors _errors = new();
    private ErasureView? _view;
    private ErasureCheck? _check;
    private Error? _failure;
    private ITimer? _timer;
    private string? _number;
    private bool _busy;

    /// <summary>First part of the address; the gate has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary>The erasure.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    public required IErasures Erasures { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose()
    {
        _timer?.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            var found = await Erasures.FindAsync(Id, _disposed.Token);
            _failure = found.Error;
            _view = found.Succeeded ? found.Value : null;

            // The job is another process's as often as not, so the page asks while it is under way.
            _timer ??= Clock.CreateTimer(_ => _ = InvokeAsync(RefreshAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(_view is { State: not ErasureState.Done } ? WhileRunning : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        catch (Exception) when (_disposed.IsCancellationRequested)
        {
            // The page is gone.
        }
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
        catch (Exception exception) when (!_disposed.IsCancellationRequested)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task VerifyAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var check = await Erasures.VerifyAsync(Id, _number ?? "", _disposed.Token);
            _check = _errors.Take(check.Error) ? check.Value : null;
        }
        finally
        {
            _busy = false;
        }
    }

    private static string IconOf(bool good) => good ? "circle-check" : "circle-x";
}
