namespace CallCenter.Demo.Portal;

/// <summary>The portal's configuration, as environment variables.</summary>
public sealed class PortalSettings
{
    /// <param name="connectionString">Of the portal's database.</param>
    /// <param name="key">Of its key ring: 32 bytes in base64.</param>
    /// <param name="logDirectory">Where its rolling log file goes; null is beside the portal's program.</param>
    /// <param name="recordings">Where recordings lie; null is beside the portal's program.</param>
    public PortalSettings(string connectionString, string key, string? logDirectory = null, string? recordings = null)
    {
        Configuration = new Dictionary<string, string?>
        {
            ["ConnectionStrings:CallCenter"] = connectionString,
            ["Database:Provider"] = "PostgreSQL",
            // The simulated peers are on loopback, which a portal refuses to call unless told otherwise.
            ["Outbound:Allow:0"] = "127.0.0.0/8",
            ["Secrets:ActiveKey"] = "demo",
            ["Secrets:Keys:demo"] = key,
        };
        if (recordings is not null)
        {
            Configuration["Recordings:Folder"] = recordings;

            // A simulated year of audio would fill the disk of whoever only wants to look.
            Configuration["Recordings:FetchDays"] = "2";
            Configuration["Recordings:Pace"] = "00:00:00.05";
        }

        if (logDirectory is not null)
        {
            // The file among the sinks of appsettings.json.
            Configuration["Serilog:WriteTo:1:Args:path"] = Path.Combine(logDirectory, "callcenter-.log");
        }
    }

    /// <summary>By configuration key, with colons.</summary>
    public Dictionary<string, string?> Configuration { get; }

    /// <summary>Settings that the shell which guards the portal would drop: no variable's name may have a hyphen there.</summary>
    public IReadOnlyList<string> Arguments =>
        [.. Configuration.Where(setting => setting.Key.Contains('-', StringComparison.Ordinal)).Select(setting => $"--{setting.Key}={setting.Value}")];

    /// <summary>As a child process takes it. What the caller's own environment says for the host is replaced.</summary>
    public IReadOnlyDictionary<string, string?> Environment
    {
        get
        {
            var environment = Configuration.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
            environment["ASPNETCORE_ENVIRONMENT"] = "Demo";
            environment["DOTNET_ENVIRONMENT"] = null;
            environment["ASPNETCORE_HTTP_PORTS"] = null;
            environment["ASPNETCORE_HTTPS_PORTS"] = null;
            return environment;
        }
    }
}
