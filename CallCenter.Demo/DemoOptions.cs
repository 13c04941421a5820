using System.Globalization;

namespace CallCenter.Demo;

/// <summary>What was asked for on the command line.</summary>
public sealed record DemoOptions
{
    public const int DefaultPort = 5080;

    public const string Usage = """
        dotnet run --project CallCenter.Demo [-- options]

          --port N            the portal's port on 127.0.0.1 (5080)
          --reset             throw the demo's data away and begin anew
          --days N            days of calls that new data begins with (365)
          --no-portal         start everything else, and print what the portal needs
          --data DIRECTORY    where the demo keeps its data (.demo in the clone)
          --media ADDRESS     where the simulated PBXs receive sound (127.0.0.1); an address of this
                              machine, if its browser does not send to loopback (macOS, Windows)
          --help              this text
        """;

    public int Port { get; init; } = DefaultPort;

    public bool Reset { get; init; }

    public int Days { get; init; } = 365;

    public bool StartPortal { get; init; } = true;

    /// <summary>Null is <c>.demo</c> in the clone.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Where the simulated PBXs receive sound.</summary>
    public System.Net.IPAddress MediaAddress { get; init; } = System.Net.IPAddress.Loopback;

    public bool Help { get; init; }

    /// <returns>The options, or what is wrong with the arguments.</returns>
    public static (DemoOptions? Options, string? Problem) Parse(IReadOnlyList<string> arguments)
    {
        var options = new DemoOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            switch (name)
            {
                case "--reset":
                    options = options with { Reset = true };
                    continue;
                case "--no-portal":
                    options = options with { StartPortal = false };
                    continue;
                case "--help" or "-h" or "-?":
                    options = options with { Help = true };
                    continue;
                case "--port" or "--days" or "--data" or "--media":
                    break;
                default:
                    return (null, $"Unknown option {name}.");
            }

            if (++i == arguments.Count)
            {
                return (null, $"{name} needs a value.");
            }

            var value = arguments[i];
            switch (name)
            {
                case "--data":
                    options = options with { DataDirectory = Path.GetFullPath(value) };
                    break;
                case "--port" when Number(value, 1, 65535) is { } port:
                    options = options with { Port = port };
                    break;
                case "--days" when Number(value, 1, 3650) is { } days:
                    options = options with { Days = days };
                    break;
                case "--media" when System.Net.IPAddress.TryParse(value, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork:
                    options = options with { MediaAddress = address };
                    break;
                case "--media":
                    return (null, $"--media {value}: an IPv4 address of this machine is wanted.");
                default:
                    return (null, $"{name} {value}: {(name == "--port" ? "a port is a number from 1 to 65535" : "days are a number from 1 to 3650")}.");
            }
        }

        return (options, null);
    }

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
}
