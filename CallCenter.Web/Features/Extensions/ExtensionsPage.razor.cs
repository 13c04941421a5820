using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Features.Extensions;

public sealed partial class ExtensionsPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly Dictionary<Guid, ExtensionState> _selected = [];
    private CancellationTokenSource? _loading;
    private ExtensionQuery _query = new();
    private ExtensionQuery? _asked;
    private Result<ExtensionPage>? _page;
    private ExtensionQueueStatus? _queue;
    private ConnectionStatus? _connection;
    private Guid? _openId;
    private Result<ExtensionDetail>? _detail;
    private ExtensionRunKind? _act;
    private bool _noRange;
    private bool _creating;
    private bool _gathering;
    private bool _refreshing;
    private bool _refreshAgain;
    private IDisposable? _subscription;
    private IDisposable? _connectionSubscription;

    /// <summary>First part of the address; the gate before this page has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary>Whose detail is open. Read from the address, which also changes without a new page.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    [Inject]
    public required IExtensions Extensions { get; init; }

    [Inject]
    public required IConnectionStatusFeed Connections { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    private bool MayEdit => Scope.May(Permissions.Extensions.Edit);

    private string? Total => _page is { Succeeded: true, Value: var page } ? Display.Number(page.Total) : null;

    private string DrawerTitle => _detail is { Succeeded: true, Value: var detail } ? L["Detail.Title", $"\u2066{detail.Row.Number}\u2069"] : L["Detail.Loading"];

    private IReadOnlyList<(string Value, string Text)> StateOptions => [.. Enum.GetValues<ExtensionState>().Select(state => (state.ToString(), Texts.Of(state)))];

    private IReadOnlyList<(string Value, string Text)> OriginOptions => [.. Enum.GetValues<ExtensionOrigin>().Select(origin => (origin.ToString(), Texts.Of(origin)))];

    private IReadOnlyList<(string Value, string Text)> SortOptions => [.. Enum.GetValues<ExtensionSort>().Select(sort => (sort.ToString(), L[$"Sort.{sort}"].Value))];

    public void Dispose()
    {
        _subscription?.Dispose();
        _connectionSubscription?.Dispose();
        Navigation.LocationChanged -= OnLocationChanged;
        _disposed.Cancel();
        _loading?.Dispose();
        _disposed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        // Before the first read and the first await: no change is missed, and Dispose always sees it.
        Navigation.LocationChanged += OnLocationChanged;
        _subscription = Extensions.Subscribe(() => InvokeAsync(() => GuardAsync(RefreshAsync)));
        _connectionSubscription = Connections.Subscribe(() => InvokeAsync(() => GuardAsync(RefreshAsync)));
        _connection = await Connections.GetAsync(_disposed.Token);
        await FollowAddressAsync();
        await ReadQueueAsync();
    }

    private static (string Value, string Text)[] YesNo(string yes, string no) => [("yes", yes), ("no", no)];

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        if (ExtensionsAddress.Holds(Slug, change.Location))
        {
            _ = InvokeAsync(() => GuardAsync(FollowAddressAsync));
        }
    }

    private async Task FollowAddressAsync()
    {
        _query = ExtensionsAddress.Query(Navigation);
        var opened = ExtensionsAddress.Opened(Slug, Navigation.Uri);
        if (_asked is not null && _asked with { Page = 1, Sort = default, Descending = false } != _query with { Page = 1, Sort = default, Descending = false })
        {
            // Rows that the filter hides would be acted on unseen.
            _selected.Clear();
        }

        var list = _query == _asked ? Task.CompletedTask : LoadPageAsync();
        var detail = opened == _openId ? Task.CompletedTask : OpenDetailAsync(opened);
        StateHasChanged();
        await Task.WhenAll(list, detail);
    }

    private async Task LoadPageAsync()
    {
        _loading?.Cancel();
        _loading?.Dispose();
        _loading = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        var token = _loading.Token;
        _asked = _query;
        try
        {
            var page = await Extensions.ListAsync(_query, token);
            if (!token.IsCancellationRequested)
            {
                _page = page;
                await AskForRangeAsync();
                StateHasChanged();
            }
        }
        catch (Exception) when (token.IsCancellationRequested)
        {
            // A newer filter asks for other rows, or the page is gone. Providers word a cancelled query differently.
        }
    }

    /// <summary>An empty list has two first steps: set a range, or create.</summary>
    private async Task AskForRangeAsync()
    {
        if (MayEdit && _page is { Succeeded: true, Value.All: 0 } && _connection?.State != ConnectionState.NotConfigured)
        {
            _noRange = (await Extensions.SuggestNumberAsync(_disposed.Token)).Error == ExtensionErrors.NoRange;
        }
    }

    private async Task OpenDetailAsync(Guid? opened)
    {
        _openId = opened;
        _detail = null;
        if (opened is { } id)
        {
            await ReadDetailAsync(id);
        }
    }

    private async Task ReadDetailAsync(Guid id)
    {
        var before = _detail;
        var detail = await Extensions.GetAsync(id, _disposed.Token);
        if (_openId != id)
        {
            return;
        }

        if (detail.Error == ExtensionErrors.NotFound && before is { Succeeded: true, Value.Row: { State: ExtensionState.Deleting } gone })
        {
            Toasts.Show(L["Deleted", gone.Number]);
            Close();
            return;
        }

        _detail = detail;
        StateHasChanged();
    }

    /// <summary>Reads everything shown again, in place. Notices that come meanwhile are answered by one more round.</summary>
    private async Task RefreshAsync()
    {
        if (_refreshing)
        {
            _refreshAgain = true;
            return;
        }

        _refreshing = true;
        try
        {
            do
            {
                _refreshAgain = false;
                _connection = await Connections.GetAsync(_disposed.Token);
                await LoadPageAsync();
                await ReadQueueAsync();
                if (_openId is { } id)
                {
                    await ReadDetailAsync(id);
                }
            }
            while (_refreshAgain);
        }
        finally
        {
            _refreshing = false;
        }
    }

    private async Task ReadQueueAsync()
    {
        var queue = await Extensions.GetQueueAsync(_disposed.Token);
        _queue = queue.Succeeded ? queue.Value : null;
        StateHasChanged();
    }

    private void Open(ExtensionRow row) => Navigation.SetPath(ExtensionsAddress.PathOf(Slug, row.Id));

    private void Close() => Navigation.SetPath(ExtensionsAddress.PathOf(Slug, null));

    private void ClearFilters() => Navigation.SetFilters(ExtensionsAddress.Filters.ToDictionary(name => name, object? (_) => null));

    private void LeaveRun() => Navigation.SetFilter("run", null);

    private void SortBy(string by)
    {
        var sorted = _query.Sort.ToString() == by;
        Navigation.SetFilters(new Dictionary<string, object?>
        {
            ["sort"] = by == nameof(ExtensionSort.Number) ? null : by,
            ["desc"] = sorted && !_query.Descending ? "1" : null,
        });
    }

    private void Select(SelectChange<ExtensionRow> change)
    {
        foreach (var row in change.Items)
        {
            if (change.Selected)
            {
                _selected[row.Id] = row.State;
            }
            else
            {
                _selected.Remove(row.Id);
            }
        }
    }

    private async Task SelectMatchingAsync()
    {
        _gathering = true;
        try
        {
            for (var (page, total) = (1, int.MaxValue); (page - 1) * ExtensionQuery.PageSize < Math.Min(total, ExtensionRun.MaxItems); page++)
            {
                var rows = await Extensions.ListAsync(_query with { Page = page }, _disposed.Token);
                if (rows.Error is not null)
                {
                    break;
                }

                total = rows.Value.Total;
                Select(new SelectChange<ExtensionRow>(rows.Value.Rows, true));
            }
        }
        finally
        {
            _gathering = false;
        }
    }

    private void Act(ExtensionRunKind act) => _act = act;

    private async Task CreatedAsync((Guid Id, string Number) created)
    {
        _creating = false;
        Toasts.Show(created.Number.Length > 0 ? L["CreateAsked", created.Number] : L["CreateAskedNext"]);
        await RefreshAsync();
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
