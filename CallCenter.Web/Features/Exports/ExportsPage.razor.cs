using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Exports;

public sealed partial class ExportsPage : ComponentBase, IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _disposed = new();
    private IReadOnlyList<ExportRow>? _exports;
    private Error? _failure;
    private Error? _error;
    private IDisposable? _subscription;
    private ITimer? _timer;

    /// <summary>First part of the address; the gate has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary>The export that a mail or a schedule led to.</summary>
    [SupplyParameterFromQuery(Name = "export")]
    public Guid? Marked { get; set; }

    [Inject]
    public required IExports Exports { get; init; }

    [Inject]
    public required Dialogs Dialogs { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose()
    {
        _subscription?.Dispose();
        _timer?.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        _subscription = Exports.Subscribe(() => InvokeAsync(RefreshAsync));

        // Another node may be writing, whose notices do not come here: while something is under way, the list is read again.
        _timer = Clock.CreateTimer(
            _ =>
            {
                if (_exports?.Any(row => row.IsUnderWay) == true)
                {
                    _ = InvokeAsync(RefreshAsync);
                }
            },
            null,
            LookInterval,
            LookInterval);
        return LoadAsync();
    }

    private string TitleOf(ExportRow row) => row.Kind switch
    {
        ExportKind.ClientCalls when row.Subject.Length > 0 => row.Subject,
        ExportKind.Report => Words[Languages.Current, $"Report.{row.Report}"],
        _ => L[$"Kind.{row.Kind}"],
    };

    private string SelectionOf(ExportRow row) => string.Join(" · ", ExportFilterText.Describe(row.Filter, Words, Languages.Current));

    private string RowsOf(ExportRow row) => row switch
    {
        { State: ExportState.Queued } => "–",
        { State: ExportState.Running, RowsOf: { } all } => L["List.Progress", Display.Number(row.RowsDone), Display.Number(all)],
        _ => Display.Number(row.RowsDone),
    };

    private async Task LoadAsync()
    {
        var exports = await Exports.ListAsync(_disposed.Token);
        _failure = exports.Error;
        _exports = exports.Succeeded ? exports.Value : _exports;
    }

    private async Task CancelAsync(ExportRow row)
    {
        _error = (await Exports.CancelAsync(row.Id, _disposed.Token)).Error;
        if (_error is null)
        {
            Toasts.Show(L["Cancelled"]);
        }

        await LoadAsync();
    }

    private async Task AskDeleteAsync(ExportRow row)
    {
        if (await Dialogs.ConfirmAsync(new ConfirmRequest(L["DeleteTitle"], L["Delete"]) { Losses = row.State == ExportState.Done ? [L["DeleteLoss"]] : [], Danger = true }))
        {
            _error = (await Exports.DeleteAsync(row.Id, _disposed.Token)).Error;
            if (_error is null)
            {
                Toasts.Show(L["Deleted"]);
            }

            await LoadAsync();
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
}
