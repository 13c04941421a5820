using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;
using CallCenter.Demo.Portal;
using CallCenter.Demo.Processes;

namespace CallCenter.Benchmarks;

/// <summary>
/// From the start of the portal's process to its first healthy answer, on a migrated database. The reference is the smallest
/// ASP.NET Core application, started the same way. Rounds alternate; the median counts.
/// </summary>
internal sealed class PortalStartBenchmark : IBenchmark
{
    private const int Rounds = 7;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public string Name => "portal-start";

    public string Summary => "start of the portal to its first healthy answer, as a ratio to the smallest ASP.NET Core application";

    public async Task<IReadOnlyList<Bar>> RunAsync(BenchmarkConsole console, CancellationToken cancellationToken)
    {
        await using var database = await BenchmarkDatabase.StartAsync(kept: null, cancellationToken);
        var own = Assembly.GetExecutingAssembly().Location;
        List<double> ratios = [];
        List<double> seconds = [];

        // Round 0 warms the file cache and does not count.
        for (var round = 0; round <= Rounds; round++)
        {
            var port = LoopbackPorts.Prefer(null);
            var reference = await MeasureAsync(
                [own, ReferenceApp.Verb, port.ToString(CultureInfo.InvariantCulture)], null, port, AppContext.BaseDirectory, cancellationToken);
            port = LoopbackPorts.Prefer(null);
            var environment = new Dictionary<string, string?>(database.Settings.Environment)
            {
                ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            };
            var portal = await MeasureAsync(
                [PortalBuild.Assembly()], environment, port, Path.GetDirectoryName(PortalBuild.Assembly())!, cancellationToken);
            if (round > 0)
            {
                ratios.Add(portal / reference);
                seconds.Add(portal.TotalSeconds);
                console.Say($"round {round}: reference {reference.TotalSeconds:0.000} s, portal {portal.TotalSeconds:0.000} s ({portal / reference:0.00})");
            }
        }

        return
        [
            new Bar("portal-start", BenchmarkConsole.Median(ratios), "ratio", 5, HigherIsBetter: false),
            new Bar("portal-start-seconds", BenchmarkConsole.Median(seconds), "s", 3, HigherIsBetter: false),
        ];
    }

    private static async Task<TimeSpan> MeasureAsync(
        IReadOnlyList<string> arguments, Dictionary<string, string?>? environment, int port, string directory, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(PortalBuild.DotnetHost, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            while (!await AnswersAsync(http, cancellationToken))
            {
                if (process.HasExited || watch.Elapsed > Patience)
                {
                    throw new InvalidOperationException($"{Path.GetFileName(arguments[0])} did not become healthy.");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
            }

            return watch.Elapsed;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }
}
