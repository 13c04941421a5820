using System.Net;
using CallCenter.Demo.Processes;

namespace CallCenter.Demo.Portal;

/// <summary>The portal as a child process.</summary>
public sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly GuardedProcess _process;

    private PortalProcess(GuardedProcess process, Uri address, string logFile)
    {
        _process = process;
        Address = address;
        LogFile = logFile;
    }

    public Uri Address { get; }

    public string LogFile { get; }

    public int Id => _process.Id;

    /// <summary>Ends with the exit code when the portal does, asked or not.</summary>
    public Task<int> Completion => _process.Completion;

    /// <summary>Starts the built portal and waits until it is ready to serve.</summary>
    /// <exception cref="PortalException">It ended, or did not become ready in two minutes.</exception>
    public static async Task<PortalProcess> StartAsync(PortalSettings settings, int port, string logFile, CancellationToken cancellationToken = default)
    {
        var address = new Uri($"http://127.0.0.1:{port}");
        var environment = new Dictionary<string, string?>(settings.Environment) { ["ASPNETCORE_URLS"] = address.ToString() };
        var process = await GuardedProcess.StartAsync(
            new GuardedProcessStart(PortalBuild.DotnetHost, [PortalBuild.Assembly(), .. settings.Arguments])
            {
                LogFile = logFile,
                WorkingDirectory = Path.GetDirectoryName(PortalBuild.Assembly()),
                Environment = environment,
            },
            cancellationToken);
        var portal = new PortalProcess(process, address, logFile);
        try
        {
            await portal.WaitUntilReadyAsync(cancellationToken);
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one of the portal's verbs, such as <c>migrate</c>, to its end.</summary>
    public static Task<CommandResult> RunVerbAsync(PortalSettings settings, IReadOnlyList<string> arguments, CancellationToken cancellationToken = default) =>
        Command.RunAsync(
            PortalBuild.DotnetHost,
            [PortalBuild.Assembly(), .. arguments],
            workingDirectory: Path.GetDirectoryName(PortalBuild.Assembly()),
            environment: settings.Environment,
            cancellationToken: cancellationToken);

    public async ValueTask DisposeAsync() => await _process.DisposeAsync();

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!_process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), patience.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                if (patience.IsCancellationRequested)
                {
                    throw new PortalException($"The portal runs, but {Address}health/ready was not healthy within {Patience.TotalMinutes:0} minutes. Its log: {LogFile}\n{await TailAsync()}");
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }

        throw new PortalException($"The portal ended with code {await Completion} before it was ready. Its log: {LogFile}\n{await TailAsync()}");
    }

    private async Task<string> TailAsync()
    {
        await using var stream = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = Math.Max(0, stream.Length - 4000);
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync()).Trim();
    }
}
