using System.Diagnostics;
using CallCenter.Demo.Portal;

namespace CallCenter.Tests.Support;

/// <summary>
/// A process of this assembly (<see cref="TestProgram"/>) that says "running" when it begins its work, and is killed in the middle
/// of it. It is watched on a thread of its own: on a busy machine the thread pool may look away for so long that the work is done.
/// </summary>
internal static class KilledProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <param name="arguments">Verb and arguments.</param>
    /// <param name="isTime">Asked again and again until it is true; may block.</param>
    /// <param name="within">The kill comes at a random moment of this time after; null for at once.</param>
    /// <param name="random">Chooses that moment.</param>
    public static Task RunAsync(IReadOnlyList<string> arguments, Func<bool> isTime, TimeSpan within = default, Random? random = null) =>
        Task.Factory.StartNew(
            () =>
            {
                using var process = Start(arguments);
                try
                {
                    Assert.Equal("running", process.StandardOutput.ReadLine());
                    for (var watch = Stopwatch.StartNew(); !isTime(); Thread.Sleep(1))
                    {
                        Assert.False(process.HasExited, "It ended before it could be killed.");
                        Assert.True(watch.Elapsed < Patience, "The moment to kill never came.");
                    }

                    Thread.Sleep(within * (random?.NextDouble() ?? 0));
                    Assert.False(process.HasExited, "It ended before it could be killed.");
                }
                catch (Exception failure) when (process.HasExited)
                {
                    throw new InvalidOperationException($"Exit code {process.ExitCode}: {process.StandardOutput.ReadToEnd()}", failure);
                }
                finally
                {
                    process.Kill();
                    process.WaitForExit();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    /// <summary>Lets it come to its end, which must be a good one.</summary>
    public static async Task CompleteAsync(IReadOnlyList<string> arguments)
    {
        using var process = Start(arguments);
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, said);
    }

    private static Process Start(IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo(PortalBuild.DotnetHost, [typeof(KilledProcess).Assembly.Location, .. arguments]) { RedirectStandardOutput = true })
        ?? throw new InvalidOperationException("The process did not start.");
}
