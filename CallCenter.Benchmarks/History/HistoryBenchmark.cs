using System.Globalization;
using CallCenter.Core.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Benchmarks.History;

/// <summary>
/// The call history at its full size against the same at 100,000 calls: the first page, a number, an agent's own page, and a page
/// 1,000 pages deep. Times are the service's, entity mapping and names of clients included. Then dashboard and reports, the open
/// peers' query shapes over the same rows, and exports.
/// </summary>
internal sealed class HistoryBenchmark(long calls, string? kept) : IBenchmark
{
    private const int SmallSize = 100_000;
    private const int Rounds = 60;
    private const int DeepPages = 1_000;
    private const double Budget = 50;

    public string Name => "history";

    public string Summary => "first page, number search, deep page, dashboard, reports, the peers' query shapes and exports; --calls N sets the size, up to 10000000, --keep FOLDER spares filling it again";

    /// <summary>The tenant that has so many calls.</summary>
    public static string SlugOf(long calls) => string.Create(CultureInfo.InvariantCulture, $"history-{calls}");

    public async Task<IReadOnlyList<Bar>> RunAsync(BenchmarkConsole console, CancellationToken cancellationToken)
    {
        await using var database = await BenchmarkDatabase.StartAsync(kept, cancellationToken);
        await using var little = await HistoryDatabase.OpenAsync(database, "little", SmallSize, cancellationToken);
        await little.FillAsync(console, cancellationToken);
        await using var history = await HistoryDatabase.OpenAsync(database, SlugOf(calls), calls, cancellationToken);
        await history.FillAsync(console, cancellationToken);
        var small = await MeasureAsync(little, console, cancellationToken);
        var large = await MeasureAsync(history, console, cancellationToken);

        List<Bar> bars = [];
        foreach (var (name, time) in large)
        {
            bars.Add(new Bar($"history-{name}-p95", time.P95, "ms", Budget, HigherIsBetter: false));
            // By the median: a ratio of two 95th percentiles says more about the machine's other work.
            bars.Add(new Bar($"history-{name}-growth", time.Median / small[name].Median, "ratio", 2, HigherIsBetter: false));
        }

        var figures = await FigureBars.MeasureAsync(history, console, cancellationToken);
        bars.AddRange(figures.Bars);
        var ours = large.ToDictionary(entry => entry.Key, entry => entry.Value.Median, StringComparer.Ordinal);
        ours["dashboard"] = figures.Dashboard;
        bars.AddRange(await PeerShapes.MeasureAsync(history, ours, console, cancellationToken));
        bars.AddRange(await ExportBars.MeasureAsync(history, console, cancellationToken));
        return bars;
    }

    private static async Task<Dictionary<string, Times>> MeasureAsync(HistoryDatabase history, BenchmarkConsole console, CancellationToken cancellationToken)
    {
        var deep = await DeepCursorAsync(history, cancellationToken);
        var times = new Dictionary<string, Times>(StringComparer.Ordinal)
        {
            ["first-page"] = await SearchAsync(history, _ => CallFilter.None, null, cancellationToken),
            ["number"] = await NumberAsync(history, round => history.Generated.SeldomOf(round * Apart(history)), cancellationToken),
            ["frequent-number"] = await NumberAsync(history, round => history.Generated.OutsideOf(round * 997), cancellationToken),
            ["last-digits"] = await SearchAsync(
                history, round => new CallFilter { Number = history.Generated.OutsideOf(round * 997)[^6..] }, null, cancellationToken),
            ["agent"] = await SearchAsync(history, round => new CallFilter { Agent = GeneratedCalls.Extension(round % GeneratedCalls.Extensions) }, null, cancellationToken),
            ["queue-month"] = await SearchAsync(
                history,
                round => new CallFilter { Queue = GeneratedCalls.Queue(round % GeneratedCalls.Queues), From = new DateOnly(2026, 6, 1), To = new DateOnly(2026, 6, 30) },
                null,
                cancellationToken),
            ["deep-page"] = await SearchAsync(history, _ => CallFilter.None, deep, cancellationToken),
        };
        foreach (var (name, time) in times)
        {
            console.Say($"{history.Written} calls, {name}: {time}");
        }

        return times;
    }

    // Seldom numbers are far from each other: the rounds are spread over all the history.
    private static long Apart(HistoryDatabase history) => history.Written / (Rounds + HistoryDatabase.WarmUp + 1);

    /// <summary>The numbers are looked for before the clock runs.</summary>
    private static Task<Times> NumberAsync(HistoryDatabase history, Func<long, string> numberOf, CancellationToken cancellationToken)
    {
        string[] numbers = [.. Enumerable.Range(0, Rounds + HistoryDatabase.WarmUp).Select(round => numberOf(round))];
        if (numbers.Distinct().Count() < numbers.Length * 9 / 10)
        {
            throw new InvalidOperationException("The same numbers come again and again; the measurement would be of what is in memory.");
        }

        return SearchAsync(history, round => new CallFilter { Number = numbers[round] }, null, cancellationToken);
    }

    private static Task<Times> SearchAsync(HistoryDatabase history, Func<int, CallFilter> filter, string? cursor, CancellationToken cancellationToken) =>
        HistoryDatabase.MeasureAsync(Rounds, async round =>
        {
            await using var scope = history.EnterAsManager();
            var page = HistoryDatabase.Value(await scope.ServiceProvider.GetRequiredService<ICallLog>().SearchAsync(filter(round), cursor, 50, cancellationToken));
            if (page.Rows.Count == 0)
            {
                throw new InvalidOperationException("A search found nothing; the measurement would be empty.");
            }
        });

    private static async Task<string> DeepCursorAsync(HistoryDatabase history, CancellationToken cancellationToken)
    {
        await using var scope = history.EnterAsManager();
        var log = scope.ServiceProvider.GetRequiredService<ICallLog>();
        var cursor = "";
        for (var page = 0; page < DeepPages; page += 4)
        {
            // Pages of 200 get there in a quarter of the steps; the key is the same.
            cursor = HistoryDatabase.Value(await log.SearchAsync(CallFilter.None, cursor, 200, cancellationToken)).Older
                ?? throw new InvalidOperationException("There are not so many pages.");
        }

        return cursor;
    }
}
