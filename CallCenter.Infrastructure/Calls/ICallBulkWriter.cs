using CallCenter.Infrastructure.Persistence;

namespace CallCenter.Infrastructure.Calls;

/// <summary>
/// Rows by the thousand, within the transaction that the context has open. Bypasses the change tracker and with it the
/// stamping of tenants: rows must name theirs.
/// </summary>
internal interface ICallBulkWriter
{
    /// <summary>Waits until no other transaction holds the same PBX, then holds it until the transaction ends.</summary>
    Task LockAsync(CallCenterDbContext db, Guid pbxId, CancellationToken cancellationToken);

    /// <summary>Adds rows; one that exists fails the transaction.</summary>
    Task InsertAsync<T, TMap>(CallCenterDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where TMap : IRowMap<T>;

    /// <summary>Sets the columns of the map in the rows with its key.</summary>
    Task UpdateAsync<T, TMap>(CallCenterDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where TMap : IRowMap<T>;

    /// <summary>Adds the rows' values to those stored under the same keys; keys that are not there yet get the row.</summary>
    Task AddAsync<T, TMap>(CallCenterDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where TMap : ISumMap<T>;
}
