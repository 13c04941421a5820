using CallCenter.Core.Tenancy;
using CallCenter.Core.Worklist;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Layout;

/// <summary>Counts open abandoned calls: at once, at navigation, after changes, and every minute for what other nodes changed.</summary>
public sealed partial class WorklistBadge : ComponentBase, IDisposable
{
    private const int Most = 99;
    private const int BeatsPerRead = 3;

    private readonly CancellationTokenSource _disposed = new();
    private IDisposable? _changes;
    private IDisposable? _pulse;
    private int _beats;
    private int _open;
    private bool _reading;
    private bool _again;

    [Inject]
    public required IWorklist Worklist { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Pulse Pulse { get; init; }

    public void Dispose()
    {
        _changes?.Dispose();
        _pulse?.Dispose();
        Navigation.LocationChanged -= OnLocationChanged;
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        _changes = Worklist.Subscribe(() => InvokeAsync(ReadAsync));
        _pulse = Pulse.Subscribe(() => InvokeAsync(() => ++_beats % BeatsPerRead == 0 ? ReadAsync() : Task.CompletedTask));
        Navigation.LocationChanged += OnLocationChanged;
        return ReadAsync();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(ReadAsync);

    private async Task ReadAsync()
    {
        // Notices come in bursts: one read at a time, and one more for all that came meanwhile.
        if (_reading || _disposed.IsCancellationRequested)
        {
            _again = true;
            return;
        }

        _reading = true;
        try
        {
            do
            {
                _again = false;
                var count = await Worklist.CountOpenAsync(_disposed.Token);
                _open = count.Succeeded ? count.Value : 0;
            }
            while (_again);
            StateHasChanged();
        }
        catch (Exception) when (_disposed.IsCancellationRequested)
        {
            // The frame is gone.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
        finally
        {
            _reading = false;
        }
    }
}
