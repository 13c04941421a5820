using System.Globalization;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Worklist;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Features.Worklist;

public sealed partial class WorklistPage : ComponentBase, IDisposable
{
    private static readonly string[] FilterNames = ["part", "queue", "age"];
    private static readonly int[] Ages = [1, 4, 24, 72];

    private readonly CancellationTokenSource _disposed = new();
    private Result<Listed>? _page;
    private string? _asked;
    private Guid? _open;
    private Error? _error;
    private WorklistPlan? _plan;
    private Error? _planError;
    private IDisposable? _subscription;
    private IDisposable? _pulse;
    private string _path = "";

    /// <summary>First part of the address; the gate has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required IWorklist Worklist { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Pulse Pulse { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    private bool IsFiltered => FilterNames.Any(name => Navigation.Get(name) is not null);

    private WorklistRow? Opened => _page is { Succeeded: true, Value: var page } ? page.Page.Rows.FirstOrDefault(row => row.Id == _open) : null;

    private IReadOnlyList<(string Value, string Text)> PartOptions =>
        [.. Enum.GetValues<WorklistPart>().Where(part => part != WorklistPart.Open).Select(part => (part.ToString(), L[$"Part.{part}"].Value))];

    private IReadOnlyList<(string Value, string Text)> QueueOptions => _page is { Succeeded: true, Value: var page }
        ? [.. page.Groups.Select(group => (group.Number, group.Name.Length > 0 ? $"{group.Name} ({group.Number})" : group.Number))]
        : [];

    private IReadOnlyList<(string Value, string Text)> AgeOptions =>
        [.. Ages.Select(hours => (hours.ToString(CultureInfo.InvariantCulture), L["Worklist.Hours", Display.Number(hours)].Value))];

    public void Dispose()
    {
        _subscription?.Dispose();
        _pulse?.Dispose();
        Navigation.LocationChanged -= OnLocationChanged;
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        // Before the first read: no change is missed. The pulse brings what other nodes changed, and claims that ran out.
        _path = new Uri(Navigation.Uri).AbsolutePath;
        Navigation.LocationChanged += OnLocationChanged;
        _subscription = Worklist.Subscribe(() => InvokeAsync(RefreshAsync));
        _pulse = Pulse.Subscribe(() => InvokeAsync(RefreshAsync));
        return LoadAsync();
    }

    private string QueueNames(WorklistRow row)
    {
        var names = _page is { Succeeded: true, Value: var page } ? page.Groups : [];
        return string.Join(", ", row.Groups.Select(number => names.FirstOrDefault(group => group.Number == number) is { Name.Length: > 0 } known ? known.Name : number));
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location).AbsolutePath == _path && change.Location != _asked)
        {
            _ = InvokeAsync(RefreshAsync);
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

    private async Task LoadAsync()
    {
        _asked = Navigation.Uri;
        var filter = new WorklistFilter(Navigation.Get<WorklistPart>("part") ?? WorklistPart.Open, Navigation.Get("queue"), Hours());
        var page = await Worklist.ListAsync(filter, Navigation.Get(QueryText.PageKey), cancellationToken: _disposed.Token);
        _page = page.Error is { } error ? error : new Listed(page.Value.Page, page.Value.Groups);
    }

    private int? Hours() => int.TryParse(Navigation.Get("age"), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && Ages.Contains(hours) ? hours : null;

    private void ClearFilters() => Navigation.SetFilters(FilterNames.ToDictionary(name => name, object? (_) => null));

    private async Task OpenPlanAsync()
    {
        var plan = await Worklist.ReadPlanAsync(_disposed.Token);
        (_plan, _error, _planError) = (plan.Succeeded ? plan.Value : null, plan.Error, null);
    }

    private async Task SavePlanAsync()
    {
        _planError = (await Worklist.ChangePlanAsync(_plan!.IncludesDirect, _plan.ClaimMinutes, _plan.Days, _disposed.Token)).Error;
        if (_planError is null)
        {
            _plan = null;
            Toasts.Show(L["Plan.Saved"]);
        }
    }

    private sealed record Listed(KeysetPage<WorklistRow> Page, IReadOnlyList<(string Number, string Name)> Groups);
}
