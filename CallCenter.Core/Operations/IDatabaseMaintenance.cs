namespace CallCenter.Core.Operations;

/// <summary>The database as an operator sees it; for the command-line verbs, the start and the health check, not for pages.</summary>
public interface IDatabaseMaintenance
{
    /// <summary>Looks at the database, changing nothing. Never throws for a database that is away.</summary>
    Task<DatabaseReport> InspectAsync(CancellationToken cancellationToken = default);

    /// <summary>Applies every pending migration. Safe to repeat, and safe when two do it at once: the second waits.</summary>
    /// <returns>Names of the migrations that were pending, in order.</returns>
    Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken = default);

    /// <summary>The database's own clock, UTC.</summary>
    Task<DateTime> ReadClockAsync(CancellationToken cancellationToken = default);
}

/// <summary>State of the database.</summary>
/// <param name="IsReachable">A connection could be opened.</param>
/// <param name="Problem">The driver's words when it could not; for the operator's console, never for a page. Else null.</param>
/// <param name="Pending">Migrations of this version that the database lacks, in order.</param>
/// <param name="Unknown">Migrations in the database that this version does not know: a newer portal was here.</param>
public sealed record DatabaseReport(bool IsReachable, string? Problem, IReadOnlyList<string> Pending, IReadOnlyList<string> Unknown)
{
    /// <summary>The portal of this version can run on it.</summary>
    public bool IsCurrent => IsReachable && Pending.Count == 0 && Unknown.Count == 0;
}
