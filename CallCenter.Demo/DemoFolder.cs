using CallCenter.Demo.Postgres;

namespace CallCenter.Demo;

/// <summary>Paths of everything the demo keeps.</summary>
public sealed class DemoFolder(string root)
{
    public string Root { get; } = Path.GetFullPath(root);

    public string Postgres => Path.Combine(Root, "postgres");

    /// <summary>PostgreSQL from npm, where the machine has none. Survives a reset.</summary>
    public string Packages => Path.Combine(Root, "npm");

    public string Logs => Path.Combine(Root, "logs");

    public string PortalLog => Path.Combine(Logs, "portal.log");

    public string Recordings => Path.Combine(Root, "recordings");

    public string Certificates => Path.Combine(Root, "certificates");

    public string State => Path.Combine(Root, "state.json");

    public string Endpoints => Path.Combine(Root, "endpoints.json");

    /// <summary>Removes all data. The caller holds the folder's lock.</summary>
    public void Clear()
    {
        PrivatePostgres.Delete(Postgres);
        foreach (var directory in new[] { Logs, Certificates, Recordings }.Where(Directory.Exists))
        {
            Directory.Delete(directory, recursive: true);
        }

        File.Delete(State);
        File.Delete(Endpoints);
    }
}
