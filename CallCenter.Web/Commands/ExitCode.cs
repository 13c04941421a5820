namespace CallCenter.Web.Commands;

/// <summary>What the process answers to a script. Permanent; listed in docs/operations.md.</summary>
internal enum ExitCode
{
    Success = 0,

    /// <summary>The act itself failed; the console says why.</summary>
    Failed = 1,

    /// <summary>Unknown verb or wrong options.</summary>
    Usage = 2,

    /// <summary>A setting is missing or wrong.</summary>
    Configuration = 3,

    /// <summary>The database is away, behind this version, or ahead of it.</summary>
    Database = 4,

    /// <summary>A key of the ring is missing or broken, or a stored secret cannot be read.</summary>
    KeyRing = 5,

    /// <summary>Clocks differ too much, or time zones are missing.</summary>
    Time = 6,
}
