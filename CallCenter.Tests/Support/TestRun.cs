using System.Runtime.CompilerServices;
using Bunit;

namespace CallCenter.Tests.Support;

/// <summary>
/// What holds for the whole run. Tests that wait for a component block a thread each, and on a machine with two processors the thread pool
/// adds one in half a second at best: until then nothing else of the process goes on, simulated peers and the renderers waited for included.
/// Three tests run at once; many more threads than they block would only take the processors from the processes that tests start.
/// </summary>
internal static class TestRun
{
    private const int Threads = 10;

    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "Must run before the first test.")]
    internal static void Prepare()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Threads), completions);
        BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(60);
    }
}
