using System.Diagnostics;
using System.Globalization;

namespace CallCenter.Demo.Processes;

/// <summary>What to start, and how it is to end.</summary>
public sealed record GuardedProcessStart(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>File that receives standard output and error; it is appended to.</summary>
    public required string LogFile { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>Added to the inherited environment; a null value removes the variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Signal name without SIG that asks the process to end in good order.</summary>
    public string StopSignal { get; init; } = "TERM";

    /// <summary>Time between the stop signal and SIGKILL.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Account to run as; null is our own.</summary>
    public UnixAccount? RunAs { get; init; }
}

/// <summary>
/// A child process that cannot outlive this one. A small shell stands between the two: it holds the reading end of a pipe
/// whose writing end only we hold, and stops the child when that end closes, whether we closed it or were killed.
/// </summary>
/// <remarks>
/// Linux's parent-death signal alone will not do: it fires when the <em>thread</em> that forked the child ends, and .NET
/// forks on pool threads, which retire when idle. Between the shell (one thread) and the child it is right, and covers a
/// killed shell. <c>setsid</c> keeps the terminal's Ctrl+C from reaching the child before the orderly stop does.
/// On Windows there is no guard: the process is started directly and killed on stop.
/// </remarks>
public sealed class GuardedProcess : IAsyncDisposable
{
    private const string GuardScript = """
        signal=$1; grace=$2; log=$3; shift 3
        trap : INT TERM HUP
        exec 3<&0
        sh -c 'echo "$$"; log=$1; shift; exec "$@" >>"$log" 2>&1' sh "$log" "$@" </dev/null 3<&- &
        child=$!
        exec >/dev/null 2>&1
        (
          read -r _ <&3
          kill -s "$signal" "$child"
          left=$((grace * 5))
          while [ "$left" -gt 0 ] && kill -0 "$child"; do sleep 0.2; left=$((left - 1)); done
          kill -s KILL "$child"
        ) &
        watcher=$!
        while :; do
          wait "$child"; code=$?
          kill -0 "$child" || break
        done
        kill -s KILL "$watcher"
        exit "$code"
        """;

    private readonly Process _process;
    private readonly TimeSpan _grace;
    private bool _stopping;

    private GuardedProcess(Process process, int id, TimeSpan grace)
    {
        _process = process;
        _grace = grace;
        Id = id;
        Completion = WaitAsync();
    }

    /// <summary>The process itself, not the shell that guards it.</summary>
    public int Id { get; }

    /// <summary>Ends with the exit code; 128 plus the signal's number if a signal ended the process.</summary>
    public Task<int> Completion { get; }

    public bool HasExited => _process.HasExited;

    public static async Task<GuardedProcess> StartAsync(GuardedProcessStart start, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(start.LogFile))!);
        var info = OperatingSystem.IsWindows() ? Direct(start) : Guarded(start);
        info.WorkingDirectory = start.WorkingDirectory ?? string.Empty;
        foreach (var (name, value) in start.Environment)
        {
            info.Environment[name] = value;
        }

        var process = Process.Start(info) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        if (OperatingSystem.IsWindows())
        {
            process.OutputDataReceived += (_, line) => Append(start.LogFile, line.Data);
            process.ErrorDataReceived += (_, line) => Append(start.LogFile, line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return new GuardedProcess(process, process.Id, start.Grace);
        }

        var first = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new GuardedProcess(process, id, start.Grace)
            : throw new InvalidOperationException($"The guard of {start.FileName} did not start.");
    }

    /// <summary>Asks the process to end, waits, and kills it when the grace is over. Returns when it is gone.</summary>
    public async Task StopAsync()
    {
        if (BeginStop())
        {
            await Completion;
        }
    }

    /// <summary>As <see cref="StopAsync"/>, for handlers of process exit, which cannot await.</summary>
    public void Stop()
    {
        if (BeginStop())
        {
            _process.WaitForExit(_grace + TimeSpan.FromSeconds(2));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo Guarded(GuardedProcessStart start)
    {
        var command = new List<string>();
        if (OperatingSystem.IsLinux())
        {
            command.AddRange(["setsid", "sh", "-c", GuardScript, "sh"]);
        }
        else
        {
            command.AddRange(["sh", "-c", GuardScript, "sh"]);
        }

        command.Add(start.StopSignal);
        command.Add(((int)Math.Ceiling(start.Grace.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        command.Add(start.LogFile);
        if (OperatingSystem.IsLinux())
        {
            command.AddRange(["setpriv", "--pdeathsig", start.StopSignal]);
            command.AddRange(start.RunAs?.SetprivArguments ?? []);
            command.Add("--");
        }

        command.Add(start.FileName);
        command.AddRange(start.Arguments);
        return new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
    }

    private static ProcessStartInfo Direct(GuardedProcessStart start) => new(start.FileName, start.Arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static void Append(string file, string? line)
    {
        if (line is not null)
        {
            File.AppendAllText(file, line + Environment.NewLine);
        }
    }

    private bool BeginStop()
    {
        if (_stopping || _process.HasExited)
        {
            return !_process.HasExited;
        }

        _stopping = true;
        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
        }
        else
        {
            _process.StandardInput.Close();
        }

        return true;
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }
}
