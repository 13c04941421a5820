using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Features.Calls;

public sealed partial class CallsPage : ComponentBase, IDisposable
{
    private const string CallKey = "call";

    private readonly CancellationTokenSource _disposed = new();
    private CancellationTokenSource? _loading;
    private (CallFilter Filter, string? Page)? _asked;
    private CallFilter _filter = CallFilter.None;
    private CallSums? _sums;
    private int _version;
    private Result<KeysetPage<CallRow>>? _page;
    private Guid? _callId;
    private Result<CallDetail>? _detail;
    private CallSyncStatus? _sync;
    private Error? _syncError;
    private bool _starting;
    private IDisposable? _subscription;
    private string _path = "";

    /// <summary>First part of the address; the gate before this page has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required ICallLog Log { get; init; }

    [Inject]
    public required ICallSync Sync { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    // Sums come after the page; a list of one page needs none.
    private string? Total => _sums is { } sums ? Display.Count(sums.Calls, sums.IsCapped)
        : _page is { Succeeded: true, Value: { TotalIsCapped: false } page } ? Display.Count(page.Total, false)
        : null;

    private bool IsFiltered => _filter != CallFilter.None;

    private string DrawerTitle => _detail is { Succeeded: true, Value: var detail } ? CallTexts.TitleOf(detail.Call, L) : L["Detail.TitleLoading"];

    public void Dispose()
    {
        _subscription?.Dispose();
        Navigation.LocationChanged -= OnLocationChanged;
        _disposed.Cancel();
        _loading?.Dispose();
        _disposed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        // Before the first read and the first await: no change is missed, and Dispose always sees it.
        _path = PathOf(Navigation.Uri);
        Navigation.LocationChanged += OnLocationChanged;
        _subscription = Sync.Subscribe(() => InvokeAsync(() => GuardAsync(OnSyncChangedAsync)));
        await ReadStatusAsync();
        await FollowAddressAsync();
    }

    private static string PathOf(string uri) => new Uri(uri).AbsolutePath;

    private CallFilter FilterOfAddress() => CallFilterText.Read(Navigation.Get);

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        if (PathOf(change.Location) == _path)
        {
            _ = InvokeAsync(() => GuardAsync(FollowAddressAsync));
        }
    }

    private async Task FollowAddressAsync()
    {
        var call = Guid.TryParse(Navigation.Get(CallKey), out var id) ? id : (Guid?)null;
        var list = (FilterOfAddress(), Navigation.Get(QueryText.PageKey)) == _asked ? Task.CompletedTask : LoadPageAsync();
        var detail = call == _callId ? Task.CompletedTask : LoadCallAsync(call);
        StateHasChanged();
        await Task.WhenAll(list, detail);
    }

    private async Task LoadPageAsync()
    {
        _loading?.Cancel();
        _loading?.Dispose();
        _loading = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        var token = _loading.Token;
        var (filter, key) = (FilterOfAddress(), Navigation.Get(QueryText.PageKey));
        _asked = (filter, key);
        if (filter != _filter)
        {
            (_filter, _sums) = (filter, null);
        }

        try
        {
            var page = await Log.SearchAsync(filter, key, cancellationToken: token);
            if (!token.IsCancellationRequested)
            {
                _page = page;
                _version++;
                StateHasChanged();
            }
        }
        catch (Exception) when (token.IsCancellationRequested)
        {
            // A newer filter asks for other rows, or the page is gone. Providers word a cancelled query differently.
        }
    }

    private async Task LoadCallAsync(Guid? callId)
    {
        _callId = callId;
        _detail = null;
        if (callId is { } id)
        {
            var detail = await Log.FindAsync(id, _disposed.Token);
            if (_callId == id)
            {
                _detail = detail;
                StateHasChanged();
            }
        }
    }

    private void Open(CallRow row) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(CallKey, row.Id));

    private void CloseCall() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(CallKey, (string?)null));

    private void ClearFilters() => Navigation.SetFilters(CallFilterText.Names.ToDictionary(name => name, object? (_) => null));

    private async Task SyncNowAsync()
    {
        _starting = true;
        _syncError = (await Sync.StartAsync(_disposed.Token)).Error;
        _starting = false;
        await ReadStatusAsync();
    }

    private async Task CancelSyncAsync()
    {
        var error = (await Sync.CancelAsync(_disposed.Token)).Error;
        _syncError = error?.Code == CallErrors.SyncNotRunning.Code ? null : error;
        await ReadStatusAsync();
    }

    private async Task ReadStatusAsync()
    {
        var status = await Sync.GetStatusAsync(_disposed.Token);
        _sync = status.Succeeded ? status.Value : null;
    }

    private async Task OnSyncChangedAsync()
    {
        var before = _sync?.Running;
        await ReadStatusAsync();
        StateHasChanged();

        // Rows under the reader's eyes do not jump at every step: the newest page is read again when the run ended, or
        // when there was nothing to see.
        var ended = before is not null && _sync?.Running is null;
        var empty = _page is { Succeeded: true, Value.Rows.Count: 0 };
        if ((ended || empty) && Navigation.Get(QueryText.PageKey) is null)
        {
            await LoadPageAsync();
        }
    }

    private async Task GuardAsync(Func<Task> act)
    {
        try
        {
            if (!_disposed.IsCancellationRequested)
            {
                await act();
            }
        }
        catch (Exception) when (_disposed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception exception)
        {
            // Belongs to this circuit's error boundary, not to whoever raised the notice.
            await DispatchExceptionAsync(exception);
        }
    }
}
