using System.Globalization;
using CallCenter.Benchmarks;
using CallCenter.Benchmarks.History;
using CallCenter.Benchmarks.Softphone;

const long MostCalls = 10_000_000;
var calls = 1_000_000L;
if (Array.IndexOf(args, "--calls") is var option and >= 0)
{
    if (option + 1 >= args.Length || !long.TryParse(args[option + 1], NumberStyles.None, CultureInfo.InvariantCulture, out calls) || calls is < 200_000 or > MostCalls)
    {
        Console.Error.WriteLine($"--calls takes a number from 200000 to {MostCalls}.");
        return 2;
    }

    args = [.. args[..option], .. args[(option + 2)..]];
}

string? kept = null;
if (Array.IndexOf(args, "--keep") is var keep and >= 0)
{
    if (keep + 1 >= args.Length)
    {
        Console.Error.WriteLine("--keep takes a folder.");
        return 2;
    }

    kept = Path.GetFullPath(args[keep + 1]);
    args = [.. args[..keep], .. args[(keep + 2)..]];
}

IBenchmark[] benchmarks = [new SyncRowsBenchmark(), new PortalStartBenchmark(), new BulkCreateBenchmark(), new HistoryBenchmark(calls, kept), new ExportsBenchmark(calls, kept), new SoftphoneBenchmark()];

if (args is [ReferenceApp.Verb, var port])
{
    await ReferenceApp.RunAsync(port);
    return 0;
}

if (args is ["--list"])
{
    foreach (var benchmark in benchmarks)
    {
        Console.WriteLine($"{benchmark.Name,-14} {benchmark.Summary}");
    }

    return 0;
}

IBenchmark[] chosen = args is ["all"] ? [.. benchmarks.Where(benchmark => benchmark is not ExportsBenchmark)] : [.. benchmarks.Where(benchmark => args.Contains(benchmark.Name))];
if (chosen.Length == 0 || (args is not ["all"] && chosen.Length != args.Length))
{
    Console.Error.WriteLine("Name benchmarks to run, or all; --list shows them. Use -c Release.");
    return 2;
}

#if DEBUG
Console.WriteLine("A debug build: the figures say little. Use -c Release.");
#endif

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
var bars = new List<Bar>();
try
{
    foreach (var benchmark in chosen)
    {
        Console.WriteLine($"# {benchmark.Name}: {benchmark.Summary}");
        bars.AddRange(await benchmark.RunAsync(new BenchmarkConsole(Console.Out), stopping.Token));
    }
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 130;
}

foreach (var bar in bars)
{
    Console.WriteLine(bar);
}

return bars.TrueForAll(bar => bar.IsMet) ? 0 : 1;
