using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Benchmarks.History;

/// <summary>
/// The dashboard and the reports, asked of the services that the pages ask. Of the reports of a range the slowest kind counts.
/// </summary>
internal static class FigureBars
{
    private const int DashboardRounds = 40;
    private const int ReportRounds = 12;

    private static readonly DateOnly LastDay = DateOnly.FromDateTime(GeneratedCalls.LastUtc).AddDays(-1);
    private static readonly FigureQuery ThirtyDays = new(LastDay.AddDays(-29), LastDay);
    private static readonly FigureQuery ThirteenMonths = new(DateOnly.FromDateTime(GeneratedCalls.FirstUtc), LastDay);

    /// <param name="history">The calls.</param>
    /// <param name="console">Told each kind of report.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The bars, and the dashboard's median in milliseconds.</returns>
    public static async Task<(IReadOnlyList<Bar> Bars, double Dashboard)> MeasureAsync(
        HistoryDatabase history, BenchmarkConsole console, CancellationToken cancellationToken)
    {
        var dashboard = await HistoryDatabase.MeasureAsync(DashboardRounds, async _ =>
        {
            await using var scope = history.EnterAsManager();
            var read = HistoryDatabase.Value(await scope.ServiceProvider.GetRequiredService<IDashboard>().ReadAsync(cancellationToken));
            Require(read.Figures.Calls > 0 && read.UsualDays == IDashboard.UsualWeeks && read.Queues.Count == GeneratedCalls.Queues);
        });
        console.Say($"{history.Written} calls, dashboard: {dashboard}");
        var month = await SlowestAsync(history, "30 days", ThirtyDays, FigureStep.Day, console, cancellationToken);
        var year = await SlowestAsync(history, "13 months", ThirteenMonths, FigureStep.Month, console, cancellationToken);
        return (
            [
                new Bar("dashboard-p95", dashboard.P95, "ms", 150, HigherIsBetter: false),
                new Bar("report-30-days-p95", month, "ms", 300, HigherIsBetter: false),
                new Bar("report-13-months-p95", year, "ms", 1_000, HigherIsBetter: false),
            ],
            dashboard.Median);
    }

    private static async Task<double> SlowestAsync(
        HistoryDatabase history, string range, FigureQuery days, FigureStep step, BenchmarkConsole console, CancellationToken cancellationToken)
    {
        var byStep = days with { Step = step };
        var queue = GeneratedCalls.Queue(0);
        var kinds = new Dictionary<string, Func<IFigures, Task<long>>>(StringComparer.Ordinal)
        {
            ["by time"] = async figures => CallsOf(await figures.ReadAsync(byStep with { WithLongestWait = true }, cancellationToken)),
            ["by day"] = async figures => CallsOf(await figures.ReadAsync(days with { Step = FigureStep.Day }, cancellationToken)),
            ["by queue"] = async figures => CallsOf(await figures.ReadAsync(days with { By = FigureDimension.Queue, WithLongestWait = true }, cancellationToken)),
            ["by queue and time"] = async figures => CallsOf(await figures.ReadAsync(byStep with { By = FigureDimension.Queue }, cancellationToken)),
            ["one queue"] = async figures => CallsOf(await figures.ReadAsync(byStep with { Queue = queue }, cancellationToken)),
            ["by outcome"] = async figures => CallsOf(await figures.ReadAsync(days with { By = FigureDimension.Outcome }, cancellationToken)),
            ["by direction"] = async figures => CallsOf(await figures.ReadAsync(days with { By = FigureDimension.Direction }, cancellationToken)),
            ["by country"] = async figures => CallsOf(await figures.ReadAsync(days with { By = FigureDimension.Country }, cancellationToken)),
            ["by trunk"] = async figures => CallsOf(await figures.ReadAsync(days with { By = FigureDimension.Trunk }, cancellationToken)),
            ["by extension"] = async figures => HistoryDatabase.Value(await figures.ReadAgentsAsync(days, cancellationToken)).Lines.Count,
            ["heat map"] = async figures => HistoryDatabase.Value(await figures.ReadHeatMapAsync(days, cancellationToken)).Total.Figures.Calls,
        };

        var slowest = 0d;
        foreach (var (kind, read) in kinds)
        {
            var time = await HistoryDatabase.MeasureAsync(ReportRounds, async _ =>
            {
                await using var scope = history.EnterAsManager();
                Require(await read(scope.ServiceProvider.GetRequiredService<IFigures>()) > 0);
            });
            console.Say($"{history.Written} calls, report of {range}, {kind}: {time}");
            slowest = Math.Max(slowest, time.P95);
        }

        return slowest;
    }

    private static long CallsOf(Result<FigureReport> report) => HistoryDatabase.Value(report).Total.Figures.Calls;

    private static void Require(bool found)
    {
        if (!found)
        {
            throw new InvalidOperationException("A report is empty; the measurement would be too.");
        }
    }
}
