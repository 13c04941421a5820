using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using CallCenter.Demo.Processes;
using CallCenter.Tests.Architecture;
using CallCenter.Tests.Support;

namespace CallCenter.Tests.EndToEnd;

/// <summary>A test against a real Kamailio, which ./test unpacks where Debian's packages can be had; elsewhere it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KamailioFactAttribute : FactAttribute
{
    public KamailioFactAttribute()
    {
        if (KamailioServer.Folder is null)
        {
            Skip = "There is no Kamailio: CALLCENTER_KAMAILIO names no folder with Debian's packages kamailio and kamailio-websocket-modules in it.";
        }
    }
}

/// <summary>A real SIP proxy on a loopback port, which may be killed and started again.</summary>
internal sealed class KamailioServer : IAsyncDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("callcenter-kamailio-").FullName;
    private readonly int _port = LoopbackPorts.Free();
    private GuardedProcess? _process;

    /// <summary>Where Debian's packages are unpacked; null where they are not.</summary>
    public static string? Folder =>
        Environment.GetEnvironmentVariable("CALLCENTER_KAMAILIO") is { Length: > 0 } folder && File.Exists(Path.Combine(folder, "usr", "sbin", "kamailio")) ? folder : null;

    public Uri Address => new($"ws://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}/");

    public async Task StartAsync()
    {
        var folder = Folder ?? throw new InvalidOperationException("There is no Kamailio.");
        var libraries = Directory.GetDirectories(Path.Combine(folder, "usr", "lib"), "kamailio", SearchOption.AllDirectories)[0];
        var text = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "CallCenter.Tests", "Softphone", "kamailio.cfg"));
        var configuration = Path.Combine(_work, "kamailio.cfg");
        await File.WriteAllTextAsync(configuration, text
            .Replace("@PORT@", _port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@MODULES@", Path.Combine(libraries, "modules") + "/", StringComparison.Ordinal));
        _process = await GuardedProcess.StartAsync(new GuardedProcessStart(
            Path.Combine(folder, "usr", "sbin", "kamailio"), ["-f", configuration, "-DD", "-E", "-m", "64", "-Y", _work])
        {
            LogFile = Path.Combine(_work, "log"),
            Environment = new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = libraries },
        });
        await Waiting.UntilAsync(ListensAsync, "Kamailio listens");
    }

    /// <summary>Without a word to anybody, as when its machine loses power.</summary>
    public async Task KillAsync()
    {
        Process.GetProcessById(_process!.Id).Kill(entireProcessTree: true);
        await _process.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (_process?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(_work, recursive: true);
    }

    private async Task<bool> ListensAsync()
    {
        if (_process!.HasExited)
        {
            var log = Path.Combine(_work, "log");
            Assert.Fail(File.Exists(log) ? await File.ReadAllTextAsync(log) : "Kamailio ended without a word.");
        }

        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
