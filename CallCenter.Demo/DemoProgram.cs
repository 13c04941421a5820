using CallCenter.Demo.Portal;
using CallCenter.Demo.Postgres;
using CallCenter.Demo.Processes;

namespace CallCenter.Demo;

/// <summary>The demo's command line.</summary>
internal static class DemoProgram
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (options, problem) = DemoOptions.Parse(arguments);
        if (options is null)
        {
            await Console.Error.WriteLineAsync($"{problem}\n\n{DemoOptions.Usage}");
            return WrongUsage;
        }

        if (options.Help)
        {
            Console.WriteLine(DemoOptions.Usage);
            return 0;
        }

        using var stop = new StopSignals();
        try
        {
            return await new DemoRunner(options, Console.Out).RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            Console.WriteLine("Stopped.");
            return 0;
        }
        catch (Exception exception) when (exception is DemoException or PrivatePostgresException or PortalException)
        {
            await Console.Error.WriteLineAsync($"\n{exception.Message}");
            return Failed;
        }
    }
}
