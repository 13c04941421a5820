using System.Diagnostics;
using System.Globalization;

namespace CallCenter.Benchmarks;

/// <summary>
/// Processor time of this process and of a PostgreSQL server: on a machine with other work it says more than the clock. The server's is read
/// from Linux and 0 elsewhere.
/// </summary>
internal readonly record struct ProcessorTime(TimeSpan Portal, TimeSpan Server)
{
    // Linux counts in hundredths of a second for everybody.
    private const double TicksPerSecond = 100;

    public static ProcessorTime operator -(ProcessorTime end, ProcessorTime begin) => new(end.Portal - begin.Portal, end.Server - begin.Server);

    public static ProcessorTime Read(string dataDirectory)
    {
        using var process = Process.GetCurrentProcess();
        return new ProcessorTime(process.TotalProcessorTime, OperatingSystem.IsLinux() ? ServerTime(dataDirectory) : TimeSpan.Zero);
    }

    /// <summary>Of the server's processes, those that ended included.</summary>
    private static TimeSpan ServerTime(string dataDirectory)
    {
        var server = int.Parse(File.ReadLines(Path.Combine(dataDirectory, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var ticks = 0L;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Fields(id) is { } fields)
            {
                // After the name: state, parent, ...; own time in user and kernel mode are 11 and 12, those of ended children 13 and 14.
                ticks += id == server ? Sum(fields, 11, 4) : fields[1] == server.ToString(CultureInfo.InvariantCulture) ? Sum(fields, 11, 2) : 0;
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static string[]? Fields(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It ended meanwhile; its parent has its time.
            return null;
        }
    }

    private static long Sum(string[] fields, int first, int count) => fields.Skip(first).Take(count).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"portal {Portal.TotalSeconds:0.00} s, PostgreSQL {Server.TotalSeconds:0.00} s");
}
