namespace CallCenter.Benchmarks.History;

/// <summary>The exports of <see cref="HistoryBenchmark"/> alone, over the same calls.</summary>
internal sealed class ExportsBenchmark(long calls, string? kept) : IBenchmark
{
    public string Name => "exports";

    public string Summary => "of history the exports alone; not part of all";

    public async Task<IReadOnlyList<Bar>> RunAsync(BenchmarkConsole console, CancellationToken cancellationToken)
    {
        await using var database = await BenchmarkDatabase.StartAsync(kept, cancellationToken);
        await using var history = await HistoryDatabase.OpenAsync(database, HistoryBenchmark.SlugOf(calls), calls, cancellationToken);
        await history.FillAsync(console, cancellationToken);
        return await ExportBars.MeasureAsync(history, console, cancellationToken);
    }
}
