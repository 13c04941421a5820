using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Features.Calls;

public sealed partial class CallsPage : ComponentBase, IDisposable
{
    private const string CallKey = "call";
    private static readonly CallColumn[] Marked = [CallColumn.Disposition, CallColumn.Tags];

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
    private CallViews _views = CallViews.None;
    private CallNames _names = CallNames.None;
    private IReadOnlyDictionary<Guid, CallMarks>? _marks;

    /// <summary>First part of the address; the gate before this page has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required ICallLog Log { get; init; }

    [Inject]
    public required ICallSync Sync { get; init; }

    [Inject]
    public required ISavedViews Views { get; init; }

    [Inject]
    public required ICallChoices Choices { get; init; }

    [Inject]
    public required IDispositions Dispositions { get; init; }

    [Inject]
    public required ICallMarks Marks { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required ErrorTexts Errors { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    // Sums come after the page; a list of one page needs none.
    private string? Total => _sums is { } sums ? Display.Count(sums.Calls, sums.IsCapped)
        : _page is { Succeeded: true, Value: { TotalIsCapped: false } page } ? Display.Count(page.Total, false)
        : null;

    /// <summary>Those of the address, which a view or a link brought; else those last chosen.</summary>
    private IReadOnlyList<CallColumn> Columns => CallColumns.Read(Navigation.Get(CallColumns.Key)) ?? _views.Columns ?? CallColumns.Default;

    private string QueryOfView => ExportFilterText.Write(
        [.. CallFilterText.Write(FilterOfAddress()), KeyValuePair.Create(CallColumns.Key, CallColumns.Write(Columns))]);

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
        await ReadViewsAsync();
        if (new Uri(Navigation.Uri).Query.Length == 0 && _views.Views.FirstOrDefault(view => view.Id == _views.DefaultId) is { } usual)
        {
            Navigation.NavigateTo(CallAddress.For(Slug, usual), replace: true);
        }

        await FollowAddressAsync();
        await ReadNamesAsync();
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
                _marks = null;
                _version++;
                StateHasChanged();
                await ReadMarksAsync(token);
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

    private void Open(CallRow row) => Navigation.SetParameter(CallKey, $"{row.Id}");

    private void CloseCall() => Navigation.SetParameter(CallKey, null);

    private async Task ReadViewsAsync()
    {
        var views = await Views.ListAsync(_disposed.Token);
        _views = views.Succeeded ? views.Value : CallViews.None;
    }

    private async Task ReadNamesAsync()
    {
        var choices = await Choices.ReadAsync(_disposed.Token);
        var dispositions = await Dispositions.ListAsync(_disposed.Token);
        _names = new CallNames(choices.Succeeded ? choices.Value : CallChoices.None, dispositions.Succeeded ? dispositions.Value : []);
    }

    /// <summary>Tags and results come from elsewhere: they are asked for only where a column shows them.</summary>
    private async Task ReadMarksAsync(CancellationToken cancellationToken)
    {
        if (_marks is null && _page is { Succeeded: true, Value: var page } && Columns.Any(Marked.Contains))
        {
            var marks = await Marks.ReadAsync([.. page.Rows.Select(row => row.Id)], cancellationToken);
            _marks = marks.Succeeded ? marks.Value : null;
            StateHasChanged();
        }
    }

    private async Task ChooseColumnsAsync(IReadOnlyList<CallColumn> columns)
    {
        // Columns that a view or a link brought are changed there; else they are this reader's own.
        if (Navigation.Get(CallColumns.Key) is not null)
        {
            Navigation.SetParameter(CallColumns.Key, CallColumns.Write(columns), replace: true);
        }
        else
        {
            _views = _views with { Columns = columns };
            if ((await Views.RememberColumnsAsync(columns, _disposed.Token)).Error is { } error)
            {
                Toasts.Show(Errors[error], Tone.Bad);
            }
        }

        await ReadMarksAsync(_disposed.Token);
    }

    private void ClearFilters() => Navigation.SetFilters(CallAddress.Names.ToDictionary(name => name, object? (_) => null));

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
