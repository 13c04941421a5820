using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Features.Calls;
using CallCenter.Web.Shared;
using CallCenter.Web.Shared.Charts;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Dashboard;

public sealed partial class DashboardPage : ComponentBase, IDisposable
{
    /// <summary>Reads again at most so often, however many calls arrive.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    private static readonly FigureMetric[] Tiles =
    [
        FigureMetric.Offered, FigureMetric.Answered, FigureMetric.AbandonRate, FigureMetric.ServiceLevel, FigureMetric.SpeedOfAnswer, FigureMetric.HandleTime,
        FigureMetric.LongestWait,
    ];

    private readonly CancellationTokenSource _disposed = new();
    private Result<DashboardFigures>? _figures;
    private FigureProof? _proof;
    private IDisposable? _subscription;
    private ITimer? _later;
    private DateTimeOffset _readAt;
    private bool _reading;
    private bool _again;

    /// <summary>First part of the address; the gate before this page has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    [Inject]
    public required IDashboard Figures { get; init; }

    [Inject]
    public required IFigureProofs Proofs { get; init; }

    [Inject]
    public required ICallSync Sync { get; init; }

    [Inject]
    public required ScopeContext Scope { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose()
    {
        _subscription?.Dispose();
        _later?.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        // Before the first read and the first await: no change is missed, and Dispose always sees it.
        _subscription = Sync.Subscribe(() => InvokeAsync(OnChangedAsync));
        if (Scope.May(Permissions.Settings.Edit))
        {
            var proof = await Proofs.ReadAsync(_disposed.Token);
            _proof = proof.Succeeded ? proof.Value : null;
        }

        await LoadAsync();
    }

    private static FigureValue Of(FigureMetric metric, CallFigures figures, FigureBasis basis) => FigureMetrics.Of(metric, figures, basis.Rule);

    private async Task LoadAsync()
    {
        if (_reading)
        {
            _again = true;
            return;
        }

        _reading = true;
        try
        {
            do
            {
                _again = false;
                _readAt = Clock.GetUtcNow();
                _figures = await Figures.ReadAsync(_disposed.Token);
                StateHasChanged();
            }
            while (_again);
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // The page is gone.
        }
        finally
        {
            _reading = false;
        }
    }

    private async Task OnChangedAsync()
    {
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        try
        {
            var rest = Rest - (Clock.GetUtcNow() - _readAt);
            if (rest <= TimeSpan.Zero)
            {
                await LoadAsync();
            }
            else if (_later is null)
            {
                _later = Clock.CreateTimer(_ => _ = InvokeAsync(OnRestedAsync), null, rest, Timeout.InfiniteTimeSpan);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private Task OnRestedAsync()
    {
        _later?.Dispose();
        _later = null;
        return OnChangedAsync();
    }

    private string? NoteOf(FigureMetric metric, DashboardFigures data)
    {
        if (metric == FigureMetric.ServiceLevel)
        {
            return Words.Target(data.Basis.Rules);
        }

        if (metric == FigureMetric.AbandonRate)
        {
            return L["Short", Display.Number(data.Figures.ShortAbandoned)];
        }

        if (data.UsualDays == 0 || metric == FigureMetric.LongestWait)
        {
            return null;
        }

        var usual = Of(metric, data.Usual, data.Basis);
        var value = usual.Unit == FigureUnit.Count ? usual.Value / data.UsualDays : usual.Value;
        return L["Usual", Words.Value(usual.Unit, value)];
    }

    private string? HrefOf(FigureMetric metric, DashboardFigures data)
    {
        var set = metric switch
        {
            FigureMetric.Offered => CallSet.Offered,
            FigureMetric.Answered or FigureMetric.SpeedOfAnswer or FigureMetric.HandleTime => CallSet.Answered,
            FigureMetric.AbandonRate => CallSet.Abandoned,
            FigureMetric.LongestWait => CallSet.Offered,
            _ => (CallSet?)null,
        };
        if (set is null)
        {
            return null;
        }

        var filter = new CallFilter { From = data.Today, To = data.Today, Set = set };
        return CallAddress.For(Slug, metric == FigureMetric.LongestWait ? filter with { WaitFrom = data.Figures.LongestWaitSeconds } : filter);
    }

    private static Tone? ToneOf(FigureMetric metric, FigureValue figure, DashboardFigures data)
    {
        if (figure.Value is not { } value)
        {
            return null;
        }

        return metric switch
        {
            FigureMetric.ServiceLevel when data.Basis.Rules is [var only] => value >= only.Percent ? Tone.Good : value >= only.Percent - 10 ? Tone.Warn : Tone.Bad,
            FigureMetric.AbandonRate => value >= 5 ? Tone.Bad : value >= 3 ? Tone.Warn : Tone.Good,
            _ => null,
        };
    }

    private (string Name, string Count)[] RepeatCounts(RepeatCallers repeat) =>
    [
        (L["Repeat.Callers"], Display.Number(repeat.AllCallers)),
        (L["Repeat"], Display.Number(repeat.Callers)),
        (L["Repeat.Calls"], Display.Number(repeat.Calls)),
    ];

    private string Calls(FigureLine line, CallSet set) => CallAddress.For(Slug, line.Calls! with { Set = set });

    private string Calls(AgentLine line, CallPart part) => CallAddress.For(Slug, line.Calls! with { Part = part, Set = CallSet.Offered });

    private List<ChartStep> Steps(DashboardFigures data) =>
    [
        .. data.Hours.Select(hour => new ChartStep(
            hour.Hour % 3 == 0 ? Display.Digits($"{hour.Hour:00}") : "",
            Display.Digits($"{hour.Hour:00}:00"),
            hour.Today is { Calls: > 0 } ? CallAddress.For(Slug, new CallFilter { From = data.Today, To = data.Today, Hour = hour.Hour }) : null)),
    ];

    private ChartSeries[] Bars(DashboardFigures data) =>
    [
        new(Words.Name(FigureMetric.Answered), ChartTone.Brand, [.. data.Hours.Select(hour => (double?)hour.Today?.Answered)]),
        new(Words.Name(FigureMetric.Abandoned), ChartTone.Bad, [.. data.Hours.Select(hour => (double?)hour.Today?.Abandoned)]),
        new(Words.Name(FigureMetric.FlowedOut), ChartTone.Warn, [.. data.Hours.Select(hour => (double?)hour.Today?.FlowedOut)]),
    ];

    private ChartSeries[] Lines(DashboardFigures data) =>
    [
        new(L["Chart.Yesterday"], ChartTone.Faint, [.. data.Hours.Select(hour => (double?)hour.Yesterday.Offered)]),
        .. data.UsualDays == 0
            ? Array.Empty<ChartSeries>()
            : [new(L["Chart.Usual"], ChartTone.Quiet, [.. data.Hours.Select(hour => (double?)((double)hour.Usual.Offered / data.UsualDays))])],
    ];
}
