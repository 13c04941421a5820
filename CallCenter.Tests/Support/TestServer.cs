using CallCenter.Demo.Postgres;
using CallCenter.Demo.Processes;

namespace CallCenter.Tests.Support;

/// <summary>The one PostgreSQL of a test run: started by the first test that needs it, gone with the process however that ends.</summary>
internal static class TestServer
{
    private const string Prefix = "callcenter-tests-";

    private static readonly Lazy<Task<PrivatePostgres>> Server = new(StartAsync);

    public static Task<PrivatePostgres> GetAsync() => Server.Value;

    private static async Task<PrivatePostgres> StartAsync()
    {
        RemoveLeftovers();
        var directory = Path.Combine(Path.GetTempPath(), Prefix + Guid.NewGuid().ToString("N")[..12]);
        var server = await PrivatePostgres.StartAsync(new PrivatePostgresOptions
        {
            Directory = directory,
            PackageDirectory = Path.Combine(RepositoryRoot.Find(), ".demo", "npm"),
            Durable = false,
            MaxConnections = 300,
        });
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.Stop();
            PrivatePostgres.Delete(directory);
        };
        return server;
    }

    /// <summary>Directories of killed runs; those of living ones are locked.</summary>
    private static void RemoveLeftovers()
    {
        foreach (var directory in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
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
