using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Layout;

/// <summary>How the tenant's PBX fares: colour, word and age of the knowledge.</summary>
public sealed partial class ConnectionChip : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private ConnectionStatus? _status;
    private IDisposable? _changes;
    private IDisposable? _pulse;

    [Inject]
    public required IConnectionStatusFeed Feed { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required Pulse Pulse { get; init; }

    [Inject]
    public required ErrorTexts Errors { get; init; }

    public void Dispose()
    {
        _changes?.Dispose();
        _pulse?.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _changes = Feed.Subscribe(() => InvokeAsync(RefreshAsync));
        _pulse = Pulse.Subscribe(() => InvokeAsync(StateHasChanged));
        _status = await Feed.GetAsync(_disposed.Token);
    }

    private static string ToneOf(ConnectionState state) => state switch
    {
        ConnectionState.Connected => "tone-good",
        ConnectionState.Failing => "tone-bad",
        ConnectionState.Resting => "tone-warn",
        _ => "",
    };

    private async Task RefreshAsync()
    {
        try
        {
            if (!_disposed.IsCancellationRequested)
            {
                _status = await Feed.GetAsync(_disposed.Token);
                StateHasChanged();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
