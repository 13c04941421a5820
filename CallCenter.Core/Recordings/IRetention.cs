using CallCenter.Core.Primitives;

namespace CallCenter.Core.Recordings;

/// <summary>
/// Deletion of recordings by age: days per tenant and per queue, legal holds respected. A job of every minute does what is asked for,
/// goes on after a crash, and looks by itself once an hour. Deletes what the portal stores; the PBX keeps its own copy.
/// </summary>
public interface IRetention
{
    /// <summary>What the next run would delete, and what holds keep from it. Changes nothing.</summary>
    /// <returns>The preview or <see cref="Tenancy.AccessErrors.Denied"/> without <see cref="Tenancy.Permissions.Recordings.Retention"/>.</returns>
    Task<Result<RetentionPreview>> PreviewAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks for a run now; it begins within a minute. Asking again while one waits or runs gives that one.</summary>
    /// <returns>The run's key or <see cref="Tenancy.AccessErrors.Denied"/>.</returns>
    Task<Result<Guid>> RequestAsync(CancellationToken cancellationToken = default);

    /// <summary>The last runs, newest first.</summary>
    /// <returns>At most fifty runs or <see cref="Tenancy.AccessErrors.Denied"/>.</returns>
    Task<Result<IReadOnlyList<RetentionRun>>> ListRunsAsync(CancellationToken cancellationToken = default);
}

/// <summary>What a run would do.</summary>
/// <param name="Rules">The rules, the tenant's last; empty when everything is kept.</param>
/// <param name="Due">What would go, by month and queue, oldest first.</param>
/// <param name="Held">Recordings old enough that holds keep.</param>
/// <param name="Unfinished">Recordings whose deletion began and did not end, because of a crash or a store that failed.</param>
public sealed record RetentionPreview(IReadOnlyList<RetentionRule> Rules, IReadOnlyList<RetentionShare> Due, int Held, int Unfinished)
{
    /// <summary>Recordings that would go.</summary>
    public int Recordings => Due.Sum(share => share.Recordings);

    /// <summary>Their bytes in the store.</summary>
    public long Bytes => Due.Sum(share => share.Bytes);
}

/// <summary>Recordings of one month and queue that would go.</summary>
/// <param name="Month">First day of the month, UTC.</param>
/// <param name="Queue">Queue number; empty for calls that waited in none.</param>
/// <param name="Recordings">How many.</param>
/// <param name="Stored">How many of them are files in the store; the others were not fetched yet.</param>
/// <param name="Seconds">Their length.</param>
/// <param name="Bytes">Their size.</param>
public sealed record RetentionShare(DateOnly Month, string Queue, int Recordings, int Stored, long Seconds, long Bytes);
