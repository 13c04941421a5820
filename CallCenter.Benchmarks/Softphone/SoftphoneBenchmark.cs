using System.Diagnostics;
using CallCenter.Demo.Processes;
using CallCenter.Tests.EndToEnd;
using Microsoft.Playwright;

namespace CallCenter.Benchmarks.Softphone;

/// <summary>
/// The phone in Chromium against the simulated SIP server: how long from its start until it is registered, and from dialling until
/// audio can flow to one who answers at once. Beside it, in the same browser and in turn, a page with nothing but JsSIP.
/// </summary>
internal sealed class SoftphoneBenchmark : IBenchmark
{
    private const int Rounds = 20;

    public string Name => "softphone";

    public string Summary => "time to register and to connect a call in Chromium, beside a plain JsSIP page";

    public async Task<IReadOnlyList<Bar>> RunAsync(BenchmarkConsole console, CancellationToken cancellationToken)
    {
        var scripts = Directory.CreateTempSubdirectory("callcenter-phone-");
        try
        {
            await BundleAsync(scripts.FullName, cancellationToken);
            await using var site = new PhoneSite(scripts.FullName);
            await site.StartAsync();
            await using var chromium = await Chromium.StartAsync(
                "--allow-loopback-in-peer-connection", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required");
            var (ours, plain) = (new Times(), new Times());
            await using (var context = await chromium.Browser.NewContextAsync())
            {
                for (var round = 0; round <= Rounds; round++)
                {
                    foreach (var (kind, times) in new[] { ("ours", ours), ("plain", plain) })
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        var page = await OpenAsync(context, site, kind);
                        var took = await page.EvaluateAsync<double>("bench.register('1000')");
                        await page.EvaluateAsync("bench.stop()");
                        await page.CloseAsync();

                        // The first of each loads the browser's own code.
                        if (round > 0)
                        {
                            times.Registered.Add(took);
                        }
                    }
                }
            }

            await CallAsync(chromium.Browser, site, "ours", ours, cancellationToken);
            await CallAsync(chromium.Browser, site, "plain", plain, cancellationToken);
            console.Say($"registered: ours {BenchmarkConsole.Median(ours.Registered):0} ms, plain JsSIP {BenchmarkConsole.Median(plain.Registered):0} ms (medians of {Rounds})");
            console.Say($"dialled to connected: ours {BenchmarkConsole.Median(ours.Connected):0} ms, plain JsSIP {BenchmarkConsole.Median(plain.Connected):0} ms (medians of {Rounds})");
            return
            [
                new Bar("softphone-registered", BenchmarkConsole.Median(ours.Registered), "ms", 50, HigherIsBetter: false),
                new Bar("softphone-connected", BenchmarkConsole.Median(ours.Connected), "ms", 400, HigherIsBetter: false),
                new Bar("softphone-registered-to-plain", BenchmarkConsole.Median(ours.Registered) / BenchmarkConsole.Median(plain.Registered), "ratio", 2, HigherIsBetter: false),
                new Bar("softphone-connected-to-plain", BenchmarkConsole.Median(ours.Connected) / BenchmarkConsole.Median(plain.Connected), "ratio", 1.5, HigherIsBetter: false),
            ];
        }
        finally
        {
            scripts.Delete(recursive: true);
        }
    }

    private static async Task CallAsync(IBrowser browser, PhoneSite site, string kind, Times times, CancellationToken cancellationToken)
    {
        // Two contexts: tabs of one share a phone.
        await using var callers = await browser.NewContextAsync();
        await using var callees = await browser.NewContextAsync();
        var caller = await OpenAsync(callers, site, kind);
        var callee = await OpenAsync(callees, site, kind);
        await caller.EvaluateAsync<double>("bench.register('1001')");
        await callee.EvaluateAsync<double>("bench.register('1002')");
        await callee.EvaluateAsync("bench.answerAll()");
        for (var round = 0; round <= Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var took = await caller.EvaluateAsync<double>("bench.call('1002')");
            await caller.EvaluateAsync("bench.hangUp()");
            await callee.EvaluateAsync("bench.idle()");
            if (round > 0)
            {
                times.Connected.Add(took);
            }
        }
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, PhoneSite site, string kind)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(site.Address, kind).ToString());
        await page.WaitForFunctionAsync("() => window.bench");
        return page;
    }

    private static async Task BundleAsync(string directory, CancellationToken cancellationToken)
    {
        var script = Path.Combine(RepositoryRoot.Find(), "CallCenter.Benchmarks", "Softphone", "bundle.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script, directory])) ?? throw new InvalidOperationException("Node did not start.");
        await node.WaitForExitAsync(cancellationToken);
        if (node.ExitCode != 0)
        {
            throw new InvalidOperationException("The pages' scripts were not made: build the solution first, which installs what they need.");
        }
    }

    private sealed class Times
    {
        public List<double> Registered { get; } = [];

        public List<double> Connected { get; } = [];
    }
}
