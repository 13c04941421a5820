using CallCenter.Core.Devices;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Features.Devices;

public sealed partial class DevicesPage : ComponentBase, IDisposable
{
    private const int PageSize = 50;
    private const string ViewKey = "view";
    private const string TaskKey = "task";
    private const string TasksView = "tasks";

    private static readonly string[] FilterNames = ["q", "site", "state", "model", "firmware"];

    private readonly CancellationTokenSource _disposed = new();
    private readonly HashSet<string> _selected = new(StringComparer.Ordinal);
    private Result<DeviceOverview>? _read;
    private Result<IReadOnlyList<DeviceTaskRow>>? _tasks;
    private IReadOnlyList<DeviceRow> _shown = [];
    private string? _mac;
    private Result<DeviceDetail>? _detail;
    private Guid? _taskId;
    private (DeviceTaskKind Kind, IReadOnlyList<string> Macs)? _asked;
    private bool _adding;
    private bool _reading;
    private IDisposable? _subscription;
    private IDisposable? _beat;

    /// <summary>First part of the address; the gate before this page has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary>The device whose detail is open; null for none.</summary>
    [Parameter]
    public string? Mac { get; set; }

    [Inject]
    public required IDevices Devices { get; init; }

    [Inject]
    public required IDeviceTasks Tasks { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Pulse Pulse { get; init; }

    private DeviceOverview Overview => _read!.Value.Value;

    private bool MayEdit => Scope.May(Permissions.Devices.Edit);

    private bool ShowsTasks => Navigation.Get(ViewKey) == TasksView;

    private int OpenTasks => _tasks is { Succeeded: true, Value: var tasks } ? tasks.Count(task => task.State < DeviceTaskState.Ended) : 0;

    private string? Sort => Navigation.Get("sort") is { } name && Enum.TryParse<DeviceSort>(name, out var sort) && Enum.IsDefined(sort) ? sort.ToString() : nameof(DeviceSort.Name);

    private bool Descending => Navigation.Get("desc") == "1";

    private int PageNumber => Math.Clamp(int.TryParse(Navigation.Get(QueryText.PageKey), out var page) ? page : 1, 1, Math.Max(1, (_shown.Count + PageSize - 1) / PageSize));

    private IReadOnlyList<DeviceRow> PageOfRows => [.. _shown.Skip((PageNumber - 1) * PageSize).Take(PageSize)];

    private string DrawerTitle => _detail is { Succeeded: true, Value: var detail } ? NameOf(detail.Row.Device) : L["Detail.Title"];

    private IReadOnlyList<(string Value, string Text)> SiteOptions =>
        [.. Overview.Sites.Select(site => ($"{site.Id}", site.Name))];

    private IReadOnlyList<(string Value, string Text)> StateOptions =>
        [.. Enum.GetValues<GdmsDeviceStatus>().OrderDescending().Select(status => (status.ToString(), L[$"Status.{status}"].Value))];

    private IReadOnlyList<(string Value, string Text)> ModelOptions => Options(device => device.Model);

    private IReadOnlyList<(string Value, string Text)> FirmwareOptions => Options(device => device.FirmwareVersion);

    public void Dispose()
    {
        _subscription?.Dispose();
        _beat?.Dispose();
        Navigation.LocationChanged -= OnLocationChanged;
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        // Before the first read and the first await: no change is missed, and Dispose always sees it.
        Navigation.LocationChanged += OnLocationChanged;
        _subscription = Devices.Subscribe(() => InvokeAsync(() => GuardAsync(ReadAgainAsync)));
        _beat = Pulse.Subscribe(() => InvokeAsync(() => GuardAsync(ReadAgainAsync)));
        await Task.WhenAll(LoadAsync(), LoadTasksAsync());
        await FollowAddressAsync();
    }

    protected override Task OnParametersSetAsync() => _read is null ? Task.CompletedTask : FollowAddressAsync();

    private string NameOf(GdmsDevice device) => device.Name.Length > 0 ? device.Name : L["Nameless"];

    private IReadOnlyList<(string Value, string Text)> Options(Func<GdmsDevice, string?> value) =>
    [
        .. Overview.Devices.Select(row => value(row.Device)).Where(text => !string.IsNullOrEmpty(text)).Distinct().Order(StringComparer.Ordinal)
            .Select(text => (text!, text!)),
    ];

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() => GuardAsync(FollowAddressAsync));

    private async Task FollowAddressAsync()
    {
        ApplyFilters();
        _taskId = ShowsTasks && Guid.TryParse(Navigation.Get(TaskKey), out var id) ? id : null;
        var wanted = Mac is null ? null : MacText.Normalize(Mac) ?? Mac;
        StateHasChanged();
        if (wanted != _mac)
        {
            await OpenDeviceAsync(wanted);
        }
    }

    private void ApplyFilters()
    {
        if (_read is not { Succeeded: true })
        {
            return;
        }

        _shown = new DeviceQuery
        {
            Search = Navigation.Get("q") ?? "",
            SiteId = long.TryParse(Navigation.Get("site"), out var site) ? site : null,
            Status = Navigation.Get<GdmsDeviceStatus>("state"),
            Model = Navigation.Get("model"),
            Firmware = Navigation.Get("firmware"),
            Sort = Enum.Parse<DeviceSort>(Sort!),
            Descending = Descending,
        }.Apply(Overview.Devices);
    }

    private async Task LoadAsync()
    {
        _read = await Devices.GetAsync(_disposed.Token);
        if (_read is { Succeeded: true })
        {
            _selected.IntersectWith(Overview.Devices.Where(row => !row.IsPbx).Select(row => row.Mac));
        }

        ApplyFilters();
    }

    private async Task LoadTasksAsync() => _tasks = await Tasks.ListAsync(_disposed.Token);

    private async Task ReadAgainAsync()
    {
        // A burst of notices while one is being answered adds nothing; the next beat reads what it left.
        if (_reading)
        {
            return;
        }

        _reading = true;
        try
        {
            await LoadAsync();
            await LoadTasksAsync();
            if (_detail is { Succeeded: true, Value: var detail } && _read is { Succeeded: true }
                && Overview.Devices.FirstOrDefault(row => row.Mac == detail.Row.Mac) is { } row)
            {
                _detail = detail with { Row = row };
            }
        }
        finally
        {
            _reading = false;
        }

        StateHasChanged();
    }

    private async Task OpenDeviceAsync(string? mac)
    {
        _mac = mac;
        _detail = null;
        if (mac is not null)
        {
            StateHasChanged();
            var detail = await Devices.FindAsync(mac, _disposed.Token);
            if (_mac == mac)
            {
                _detail = detail;
                StateHasChanged();
            }
        }
    }

    private async Task RefreshAsync()
    {
        if ((await Devices.RefreshAsync(_disposed.Token)).Error is { } error)
        {
            _read = error;
        }
    }

    private Task EditedAsync() => OpenDeviceAsync(_mac);

    private void Open(DeviceRow row) => Navigation.SetPath($"{Slug}/devices/{row.Mac}");

    private void CloseDrawer() => Navigation.SetPath($"{Slug}/devices");

    private string AddressOf(string? view) => view is null ? $"{Slug}/devices" : $"{Slug}/devices?{ViewKey}={view}";

    private void OpenTask(Guid id) => Navigation.NavigateTo($"{AddressOf(TasksView)}&{TaskKey}={id:D}");

    private void CloseTask() => Navigation.NavigateTo(AddressOf(TasksView));

    private void ClearFilters() => Navigation.SetFilters(FilterNames.ToDictionary(name => name, object? (_) => null));

    private void SortBy(string name) => Navigation.SetFilters(new Dictionary<string, object?>
    {
        ["sort"] = name == nameof(DeviceSort.Name) ? null : name,
        ["desc"] = name == Sort && !Descending ? "1" : null,
    });

    private void Select(SelectChange<DeviceRow> change)
    {
        foreach (var row in change.Items.Where(row => !row.IsPbx))
        {
            _ = change.Selected ? _selected.Add(row.Mac) : _selected.Remove(row.Mac);
        }
    }

    private void Ask(DeviceTaskKind kind) => _asked = (kind, [.. _selected]);

    private void Ask(DeviceTaskKind kind, string mac) => _asked = (kind, [mac]);

    private async Task StartedAsync(Guid taskId)
    {
        (_asked, _adding) = (null, false);
        _selected.Clear();
        await LoadTasksAsync();
        OpenTask(taskId);
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
