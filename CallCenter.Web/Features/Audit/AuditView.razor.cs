using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Features.Audit;

/// <summary>One chain of the audit log: list, detail and check.</summary>
public sealed partial class AuditView : ComponentBase, IDisposable
{
    private const int PageSize = 50;
    private static readonly string[] FilterNames = ["from", "to", "who", "what", "on"];

    private readonly CancellationTokenSource _disposed = new();
    private IReadOnlyList<(string Value, string Text)> _actions = [];
    private KeysetPage<AuditRow>? _page;
    private AuditDetail? _detail;
    private Error? _failure;
    private CancellationTokenSource? _verifying;
    private AuditVerification? _verification;
    private long _checked;

    /// <summary>Which chain.</summary>
    [Parameter, EditorRequired]
    public AuditChain Chain { get; set; }

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter]
    public string? Description { get; set; }

    [Inject]
    public required IAuditLog Log { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required DisplayFormat Display { get; init; }

    [Inject]
    internal AuditWords Words { get; init; } = null!;

    private bool HasFilter => FilterNames.Any(name => Navigation.Get(name) is not null);

    private AuditFilter Filter => new()
    {
        FromUtc = Navigation.GetDay("from") is { } from ? Display.StartOfDayUtc(from) : null,
        ToUtc = Navigation.GetDay("to") is { } to ? Display.StartOfDayUtc(to.AddDays(1)) : null,
        Actor = Navigation.Get("who"),
        Action = Navigation.Get("what"),
        Subject = Navigation.Get("on"),
    };

    public void Dispose()
    {
        Navigation.LocationChanged -= Follow;
        _disposed.Cancel();
        _disposed.Dispose();
        _verifying?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Follow;
        await LoadAsync();
        var actions = await Log.GetActionsAsync(Chain, _disposed.Token);
        if (actions.Succeeded)
        {
            _actions = [.. actions.Value.Select(action => (action, Words.Action(action)))];
        }
    }

    private void Follow(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await DispatchExceptionAsync(exception);
        }
    });

    private async Task LoadAsync()
    {
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        var page = await Log.ReadAsync(Chain, Filter, Navigation.Get(QueryText.PageKey), PageSize, _disposed.Token);
        _failure = page.Error;
        if (page.Succeeded)
        {
            _page = page.Value;
        }
    }

    private async Task OpenAsync(long sequence)
    {
        var detail = await Log.GetAsync(Chain, sequence, _disposed.Token);
        _failure = detail.Error;
        _detail = detail.Succeeded ? detail.Value : null;
    }

    private async Task VerifyAsync()
    {
        _verifying = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        _verification = null;
        _checked = 0;
        try
        {
            var outcome = await Log.VerifyAsync(Chain, new Counter(this), _verifying.Token);
            _failure = outcome.Error;
            _verification = outcome.Succeeded ? outcome.Value : null;
        }
        catch (OperationCanceledException) when (!_disposed.IsCancellationRequested)
        {
            // Stopped by the reader: nothing was found out.
            _verification = null;
        }
        finally
        {
            _verifying?.Dispose();
            _verifying = null;
        }
    }

    /// <summary>Shows the count while the check runs.</summary>
    private sealed class Counter(AuditView view) : IProgress<long>
    {
        public void Report(long value) => _ = view.InvokeAsync(() =>
        {
            view._checked = value;
            view.StateHasChanged();
        });
    }
}
