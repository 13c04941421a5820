using System.Globalization;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Features.Extensions;

public sealed partial class RunPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private ExtensionRunProgress? _run;
    private ExtensionQueueStatus? _queue;
    private ExtensionPage? _failures;
    private Error? _failure;
    private Error? _actError;
    private IDisposable? _subscription;
    private ITimer? _tick;
    private bool _busy;

    /// <summary>First part of the address; the gate has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary>The run.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    public required IExtensionBulk Bulk { get; init; }

    [Inject]
    public required IExtensions Extensions { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required DisplayFormat Display { get; init; }

    [Inject]
    public required ErrorTexts Errors { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private bool MayEdit => Scope.May(Permissions.Extensions.Edit);

    private int Ended => _run!.Done + _run.Failed + _run.TakenBack;

    private int Elapsed => (int)Math.Max(0, ((_run!.FinishedAtUtc ?? Display.NowUtc) - _run.StartedAtUtc).TotalSeconds);

    private int Retryable => _failures?.Total ?? 0;

    private int FailurePage => int.TryParse(Navigation.Get(QueryText.PageKey), CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1;

    public void Dispose()
    {
        Navigation.LocationChanged -= Follow;
        _subscription?.Dispose();
        _tick?.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        // Before the first read and the first await: no change is missed, and Dispose always sees it.
        _subscription = Extensions.Subscribe(() => InvokeAsync(RefreshAsync));
        Navigation.LocationChanged += Follow;
        await LoadAsync();
    }

    private void Follow(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location).AbsolutePath.EndsWith($"/runs/{Id}", StringComparison.OrdinalIgnoreCase))
        {
            _ = InvokeAsync(RefreshAsync);
        }
    }

    private async Task LoadAsync()
    {
        var run = await Bulk.GetRunAsync(Id, _disposed.Token);
        _failure = run.Error;
        if (run.Error is not null)
        {
            return;
        }

        var queue = await Extensions.GetQueueAsync(_disposed.Token);
        var failures = run.Value.Failed == 0
            ? default
            : await Extensions.ListAsync(new ExtensionQuery { RunId = Id, State = ExtensionState.Failed, Page = FailurePage }, _disposed.Token);
        (_run, _queue, _failures) = (run.Value, queue.Succeeded ? queue.Value : null, failures.Succeeded ? failures.Value : null);
        if (_run.FinishedAtUtc is null)
        {
            // The elapsed time goes on while the PBX thinks.
            _tick ??= Clock.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }
        else
        {
            _tick?.Dispose();
            _tick = null;
        }
    }

    private async Task CancelAsync()
    {
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest(L["Run.CancelTitle"], L["Run.Cancel"])
        {
            Losses = [L["Run.CancelLoss1", Display.Number(_run!.Waiting)], L["Run.CancelLoss2"]],
            Danger = true,
        });
        if (confirmed)
        {
            await ActAsync(() => Bulk.CancelAsync(Id, _disposed.Token));
        }
    }

    private Task RetryAsync() => ActAsync(() => Bulk.RetryFailedAsync(Id, _disposed.Token));

    private async Task ActAsync(Func<Task<Result>> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _actError = (await act()).Error;
            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }

        StateHasChanged();
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
}
