using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CallCenter.Demo;
using CallCenter.Demo.Portal;
using CallCenter.Demo.Postgres;
using CallCenter.Demo.Processes;

namespace CallCenter.Tests.Demo;

/// <summary>The real command as a process: what it starts, and that nothing is left of it whichever way it ends.</summary>
[Collection(nameof(DemoLifeTests))]
public sealed class DemoLifeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _directory = Path.Combine(Path.GetTempPath(), "callcenter-demotest-" + Guid.NewGuid().ToString("N")[..8]);
    private readonly int _port = LoopbackPorts.Free();
    private readonly DemoFolder _folder;
    private readonly List<int> _started = [];

    public DemoLifeTests() => _folder = new DemoFolder(_directory);

    public void Dispose()
    {
        // What a failed test left running would hide its reason behind a folder that cannot be deleted.
        foreach (var process in _started.Where(process => IsAlive(process)))
        {
            using var left = Process.GetProcessById(process);
            left.Kill(entireProcessTree: true);
            left.WaitForExit();
        }

        PrivatePostgres.Delete(_folder.Postgres);
        Directory.Delete(_directory, recursive: true);
    }

    // One folder through a whole life: the first start, which makes everything, is by far the dearest.
    [Fact]
    public async Task Demo_StoppedCrashedAndKilled_LeavesNoProcessAndKeepsItsData()
    {
        using var first = await StartAsync();
        var before = await WaitUntilUpAsync(first);
        await AssertSecondIsRefusedAsync();
        await StopAsync(first, before);

        using var second = await StartAsync();
        var after = await WaitUntilUpAsync(second);
        Assert.Equal(before.Accounts, after.Accounts, (a, b) => a.Email == b.Email && a.Password == b.Password);
        Assert.Equal(before.Peers.Select(p => (p.Name, p.Address, p.Password, p.CertificateSha256)), after.Peers.Select(p => (p.Name, p.Address, p.Password, p.CertificateSha256)));
        await AssertPortalCrashEndsItAsync(second, after);

        // Without the guard that Linux offers, a killed demo leaves its children to the person who killed it.
        if (OperatingSystem.IsLinux())
        {
            using var third = await StartAsync();
            var killed = await WaitUntilUpAsync(third);
            third.Kill();
            await AssertNothingLeftAsync(killed);
        }

        using var last = await StartAsync();
        await StopAsync(last, await WaitUntilUpAsync(last));
    }

    [Fact]
    public async Task Demo_PortTaken_NamesItAndWhatToDo()
    {
        using var rival = new TcpListener(IPAddress.Loopback, _port);
        rival.Start();

        using var demo = await StartAsync();

        await demo.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(1, demo.ExitCode);
        var said = await demo.StandardError.ReadToEndAsync();
        Assert.Contains($"Port {_port} on 127.0.0.1 is taken", said, StringComparison.Ordinal);
        Assert.Contains("--port", said, StringComparison.Ordinal);
    }

    private async Task AssertSecondIsRefusedAsync()
    {
        using var rival = await StartAsync();
        await rival.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(1, rival.ExitCode);
        Assert.Contains($"already runs in {_folder.Root}", await rival.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private async Task AssertPortalCrashEndsItAsync(Process demo, DemoEndpoints endpoints)
    {
        Process.GetProcessById(endpoints.Portal.ProcessId!.Value).Kill();

        await demo.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(1, demo.ExitCode);
        Assert.Contains(_folder.PortalLog, await demo.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        await AssertNothingLeftAsync(endpoints);
    }

    private Task<Process> StartAsync()
    {
        var assembly = PortalBuild.Assembly().Replace("CallCenter.Web", "CallCenter.Demo", StringComparison.Ordinal);
        string[] arguments = [assembly, "--data", _directory, "--port", $"{_port}", "--days", "2"];
        var process = Process.Start(new ProcessStartInfo(PortalBuild.DotnetHost, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _started.Add(process.Id);
        return Task.FromResult(process);
    }

    private async Task<DemoEndpoints> WaitUntilUpAsync(Process demo)
    {
        using var http = new HttpClient();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Delay(100))
        {
            if (demo.HasExited)
            {
                Assert.Fail($"The demo ended with code {demo.ExitCode}: {await demo.StandardError.ReadToEndAsync()}");
            }

            if (await DemoEndpoints.ReadAsync(_folder.Endpoints) is { } endpoints && endpoints.ProcessId == demo.Id)
            {
                using var ready = await http.GetAsync(new Uri(endpoints.Portal.Address, "/health/ready"));
                Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
                Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(endpoints.Chaos)).StatusCode);
                Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(endpoints.Control)).StatusCode);
                return endpoints;
            }
        }

        throw new TimeoutException("The demo did not come up.");
    }

    private async Task StopAsync(Process demo, DemoEndpoints endpoints)
    {
        await Command.RunAsync("sh", ["-c", "kill -s TERM \"$1\"", "sh", $"{demo.Id}"]);

        await demo.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, demo.ExitCode);
        await AssertNothingLeftAsync(endpoints);
        Assert.False(File.Exists(_folder.Endpoints));
    }

    private async Task AssertNothingLeftAsync(DemoEndpoints endpoints)
    {
        int[] processes = [endpoints.Portal.ProcessId!.Value, endpoints.Database.ProcessId];
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && processes.Any(IsAlive); await Task.Delay(50))
        {
        }

        Assert.DoesNotContain(processes, IsAlive);
        Assert.True(LoopbackPorts.IsFree(_port));
        foreach (var peer in endpoints.Peers.Where(p => p.Address.Scheme is not ("stun" or "smtp")))
        {
            Assert.True(LoopbackPorts.IsFree(peer.Address.Port), $"{peer.Name} still listens.");
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
