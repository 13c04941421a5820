using System.Diagnostics;
using System.Globalization;
using CallCenter.Demo.Processes;

namespace CallCenter.Tests.Demo;

public sealed class GuardedProcessTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("callcenter-guard-").FullName;

    private string Log => Path.Combine(_directory, "log");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Completion_ProcessEnds_GivesItsExitCodeAndLog()
    {
        await using var process = await StartAsync("echo out; echo err >&2; exit 7");

        Assert.Equal(7, await process.Completion.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(["out", "err"], await File.ReadAllLinesAsync(Log));
    }

    [Fact]
    public async Task StopAsync_ProcessHandlesSignal_EndsInGoodOrder()
    {
        await using var process = await StartAsync("trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.05; done");
        await WaitForLogAsync("ready");

        await process.StopAsync();

        Assert.Equal(3, await process.Completion);
        Assert.Contains("bye", await File.ReadAllTextAsync(Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopAsync_ProcessIgnoresSignal_IsKilledAfterGrace()
    {
        await using var process = await StartAsync("trap '' TERM; echo ready; while :; do sleep 0.05; done", TimeSpan.FromSeconds(1));
        await WaitForLogAsync("ready");

        await process.StopAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(137, await process.Completion);
    }

    [Fact]
    public async Task Start_GuardIsKilled_ProcessEndsToo()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var process = await StartAsync("echo ready; exec sleep 600");
        await WaitForLogAsync("ready");
        var status = await File.ReadAllLinesAsync($"/proc/{process.Id}/status");
        var guard = int.Parse(status.First(line => line.StartsWith("PPid:", StringComparison.Ordinal))[5..], CultureInfo.InvariantCulture);

        Process.GetProcessById(guard).Kill();

        await process.Completion.WaitAsync(TimeSpan.FromMinutes(1));
        for (var tries = 0; Directory.Exists($"/proc/{process.Id}") && tries < 1500; tries++)
        {
            await Task.Delay(20);
        }

        Assert.False(Directory.Exists($"/proc/{process.Id}"));
    }

    private Task<GuardedProcess> StartAsync(string script, TimeSpan? grace = null) =>
        GuardedProcess.StartAsync(new GuardedProcessStart("sh", ["-c", script]) { LogFile = Log, Grace = grace ?? TimeSpan.FromSeconds(30) });

    private async Task WaitForLogAsync(string text)
    {
        for (var tries = 0; tries < 1500; tries++)
        {
            if (File.Exists(Log) && (await File.ReadAllTextAsync(Log)).Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(20);
        }

        Assert.Fail($"The log never said \"{text}\".");
    }
}
