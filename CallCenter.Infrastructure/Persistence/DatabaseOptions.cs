using System.ComponentModel.DataAnnotations;

namespace CallCenter.Infrastructure.Persistence;

/// <summary>Section <c>Database</c>.</summary>
internal sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary><c>SqlServer</c> or <c>PostgreSQL</c>.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.SqlServer;

    /// <summary>Statements per round trip; null leaves the provider's default.</summary>
    [Range(1, 10_000)]
    public int? MaxBatchSize { get; set; }

    /// <summary>Null leaves the provider's default of 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan? CommandTimeout { get; set; }
}

internal enum DatabaseProvider
{
    SqlServer = 1,
    PostgreSQL = 2,
}
