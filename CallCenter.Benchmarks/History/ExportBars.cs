using System.Diagnostics;
using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Benchmarks.History;

/// <summary>
/// All calls into a file, asked for and made as people do: through the list of exports and its worker, counting, rights, progress and the
/// move to the final name included. The reference is COPY TO of the same columns in the same order, read and written to a file by this
/// process too. COPY and CSV are done twice by turns, and the better of each counts.
/// </summary>
internal static class ExportBars
{
    private const double MostGrowth = 100;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private const string Copy = """
        COPY (SELECT c."StartedAtUtc", extract(timezone FROM c."StartedAtUtc"), c."Direction", c."Outcome", c."FromNumber", c."FromName", c."ToNumber",
                     c."AnsweredBy", (SELECT "Name" FROM "Clients" k WHERE k."Id" = c."ClientId"), c."Queue", c."Path", c."Trunk", c."WaitSeconds", c."TalkSeconds",
                     c."DurationSeconds", c."AnsweredAtUtc", c."EndedAtUtc", c."HasRecording", c."CallKey"
              FROM "Calls" c WHERE c."TenantId" = '{tenant}' ORDER BY c."StartedAtUtc" DESC, c."Id" DESC)
        TO STDOUT (FORMAT CSV, HEADER)
        """;

    public static async Task<IReadOnlyList<Bar>> MeasureAsync(HistoryDatabase history, BenchmarkConsole console, CancellationToken cancellationToken)
    {
        var workers = history.Exporter();
        await workers.StartAsync(cancellationToken);
        try
        {
            // One month first: a portal that runs for days has its code compiled for speed, which takes some ten thousand rows.
            var month = ExportFilterText.Write(CallFilterText.Write(new CallFilter { From = new DateOnly(2026, 6, 1), To = new DateOnly(2026, 6, 30) }));
            await ExportAsync(history, ExportFormat.Csv, month, cancellationToken);
            await ExportAsync(history, ExportFormat.Xlsx, month, cancellationToken);

            var idle = history.Database.Processor;
            var copy = await CopyAsync(history, cancellationToken);
            var copying = history.Database.Processor - idle;
            var csv = await ExportAsync(history, ExportFormat.Csv, "", cancellationToken);
            copy = new[] { copy, await CopyAsync(history, cancellationToken) }.Min();
            var again = await ExportAsync(history, ExportFormat.Csv, "", cancellationToken);
            csv = again.Took < csv.Took ? again with { Growth = Math.Max(csv.Growth, again.Growth) } : csv with { Growth = Math.Max(csv.Growth, again.Growth) };
            var xlsx = await ExportAsync(history, ExportFormat.Xlsx, "", cancellationToken);
            var calls = await history.Database.ReadAsync<long>($"""SELECT count(*) FROM "Calls" WHERE "TenantId" = '{history.Tenant.Id}'""", cancellationToken);
            console.Say($"{calls} calls are stored, {csv.Rows} are in the CSV file, {xlsx.Rows} in the workbook.");
            Require(calls > 0 && csv.Rows == calls && xlsx.Rows == calls);
            console.Say($"processor time: COPY TO {copying}; CSV {csv.Processor}; XLSX {xlsx.Processor}");
            console.Say($"{csv.Rows} calls: COPY TO {copy.TotalSeconds:0.0} s, CSV {csv.Took.TotalSeconds:0.0} s and {csv.Growth:0} MB more memory, XLSX {xlsx.Took.TotalSeconds:0.0} s and {xlsx.Growth:0} MB");
            return
            [
                new Bar("export-csv-to-copy", csv.Took / copy, "ratio", 2, HigherIsBetter: false),
                new Bar("export-csv-memory", csv.Growth, "MB", MostGrowth, HigherIsBetter: false),
                new Bar("export-xlsx-memory", xlsx.Growth, "MB", MostGrowth, HigherIsBetter: false),
            ];
        }
        finally
        {
            await workers.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<Measured> ExportAsync(
        HistoryDatabase history, ExportFormat format, string filter, CancellationToken cancellationToken)
    {
        GC.Collect();
        var before = WorkingSet();
        var most = before;
        var idle = history.Database.Processor;
        var watch = Stopwatch.StartNew();
        Guid id;
        await using (var scope = history.EnterAsOwner())
        {
            id = HistoryDatabase.Value(await scope.ServiceProvider.GetRequiredService<IExports>().StartAsync(new ExportOrder(ExportKind.Calls, format, filter, "en"), cancellationToken));
        }

        using var timer = new PeriodicTimer(Look);
        while (true)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            most = Math.Max(most, WorkingSet());
            await using var scope = history.EnterAsOwner();
            var row = HistoryDatabase.Value(await scope.ServiceProvider.GetRequiredService<IExports>().FindAsync(id, cancellationToken));
            if (!row.IsUnderWay)
            {
                Require(row.State == ExportState.Done);
                return new Measured(row.RowsDone, watch.Elapsed, (most - before) / (1024d * 1024), history.Database.Processor - idle);
            }
        }
    }

    private static async Task<TimeSpan> CopyAsync(HistoryDatabase history, CancellationToken cancellationToken)
    {
        var path = Path.GetTempFileName();
        try
        {
            await using var connection = await history.Database.OpenAsync(cancellationToken);
            var watch = Stopwatch.StartNew();
            using (var rows = await connection.BeginTextExportAsync(Copy.Replace("{tenant}", history.Tenant.Id.ToString(), StringComparison.Ordinal), cancellationToken))
            {
                await using var file = new StreamWriter(path);
                var buffer = new char[64 * 1024];
                for (int read; (read = await rows.ReadAsync(buffer, cancellationToken)) > 0;)
                {
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
            }

            return watch.Elapsed;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private sealed record Measured(long Rows, TimeSpan Took, double Growth, ProcessorTime Processor);

    private static void Require(bool whole)
    {
        if (!whole)
        {
            throw new InvalidOperationException("An export failed or is not whole; the measurement would say nothing.");
        }
    }
}
