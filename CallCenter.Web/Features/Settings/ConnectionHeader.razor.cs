using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Settings;

/// <summary>How the connection fares: state, last check, last sync, last error in plain words, attempts.</summary>
public sealed partial class ConnectionHeader : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private ConnectionStatus? _status;
    private DateTime? _lastSyncUtc;
    private IDisposable? _changes;
    private IDisposable? _syncs;
    private Error? _error;
    private bool _checking;

    [Inject]
    public required IConnectionStatusFeed Feed { get; init; }

    [Inject]
    public required ICallSync Sync { get; init; }

    public void Dispose()
    {
        _changes?.Dispose();
        _syncs?.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        _changes = Feed.Subscribe(() => InvokeAsync(RefreshAsync));
        _syncs = Sync.Subscribe(() => InvokeAsync(RefreshAsync));
        return LoadAsync();
    }

    private static Tone ToneOf(ConnectionState state) => state switch
    {
        ConnectionState.Connected => Tone.Good,
        ConnectionState.Failing => Tone.Bad,
        ConnectionState.Resting => Tone.Warn,
        _ => Tone.Quiet,
    };

    private static string IconOf(ConnectionState state) => state switch
    {
        ConnectionState.Connected => "plug-zap",
        ConnectionState.Failing => "unplug",
        ConnectionState.Resting => "circle-pause",
        _ => "plug",
    };

    private async Task LoadAsync()
    {
        _status = await Feed.GetAsync(_disposed.Token);
        var sync = await Sync.GetStatusAsync(_disposed.Token);
        _lastSyncUtc = sync.Succeeded ? sync.Value.LastSucceededAtUtc : null;
    }

    private async Task CheckAsync()
    {
        _checking = true;
        try
        {
            _error = (await Feed.CheckNowAsync(_disposed.Token)).Error;
            await LoadAsync();
        }
        finally
        {
            _checking = false;
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
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
