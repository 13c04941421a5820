using System.Runtime.InteropServices;

namespace CallCenter.Demo.Processes;

/// <summary>Turns Ctrl+C, SIGTERM and a closed terminal into one cancellation, so that everything started is stopped in order.</summary>
public sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private readonly Timer? _parentWatch;

    public StopSignals()
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            // The default would end this process before its children.
            context.Cancel = true;
            _requested.Cancel();
        }))];

        if (DotnetRunParent() is { } parent)
        {
            _parentWatch = new Timer(_ =>
            {
                if (!Directory.Exists($"/proc/{parent}"))
                {
                    _requested.Cancel();
                }
            }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }
    }

    public CancellationToken Token => _requested.Token;

    public void Dispose()
    {
        _parentWatch?.Dispose();
        _registrations.ForEach(registration => registration.Dispose());
        _requested.Dispose();
    }

    /// <summary>
    /// <c>dotnet run</c> passes signals on, but a killed one cannot; people who kill it mean the demo. Any other parent,
    /// such as a shell that started us in the background, may go as it likes.
    /// </summary>
    private static string? DotnetRunParent()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var stat = File.ReadAllText("/proc/self/stat");
        var parent = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1];
        try
        {
            var arguments = File.ReadAllText($"/proc/{parent}/cmdline").Split('\0');
            return Path.GetFileName(arguments[0]) == "dotnet" && arguments.Contains("run") ? parent : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone already, or another user's: nothing to watch.
            return null;
        }
    }
}
