using CallCenter.Demo.Postgres;
using CallCenter.Demo.Processes;

namespace CallCenter.Tests.Support;

/// <summary>The one PostgreSQL of a test run: started by the first test that needs it, gone with the process however that ends.</summary>
internal static class TestServer
{
    private const string Prefix = "callcenter-tests-";

    // Copies of the template come and go by the hundred, and making and removing their files is what a disk is slowest at.
    private const string MemoryDisk = "/dev/shm";
    private const long RoomNeededBytes = 3L << 30;

    private static readonly Lazy<Task<PrivatePostgres>> Server = new(StartAsync);

    public static Task<PrivatePostgres> GetAsync() => Server.Value;

    private static async Task<PrivatePostgres> StartAsync()
    {
        RemoveLeftovers();
        var directory = Path.Combine(Place(), Prefix + Guid.NewGuid().ToString("N")[..12]);
        var server = await PrivatePostgres.StartAsync(new PrivatePostgresOptions
        {
            Directory = directory,
            PackageDirectory = Path.Combine(RepositoryRoot.Find(), ".demo", "npm"),
            Durable = false,
            MaxConnections = 300,
            Settings = new Dictionary<string, string> { ["max_wal_size"] = "256MB", ["min_wal_size"] = "80MB" },
        });
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.Stop();
            PrivatePostgres.Delete(directory);
        };
        return server;
    }

    /// <summary>Memory where there is plenty of it, else the temporary directory.</summary>
    private static string Place() =>
        Directory.Exists(MemoryDisk) && new DriveInfo(MemoryDisk).AvailableFreeSpace > RoomNeededBytes && GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 3 * RoomNeededBytes
            ? MemoryDisk
            : Path.GetTempPath();

    /// <summary>Directories of killed runs; those of living ones are locked.</summary>
    private static void RemoveLeftovers()
    {
        foreach (var directory in new[] { Path.GetTempPath(), MemoryDisk }.Where(Directory.Exists).SelectMany(place => Directory.EnumerateDirectories(place, Prefix + "*")))
        {
            try
            {
                PrivatePostgres.Delete(directory);
            }
            catch (Exception exception) when (exception is PrivatePostgresException or IOException or UnauthorizedAccessException)
            {
                // Someone else's run, or another user's: theirs to remove.
            }
        }
    }
}
