namespace CallCenter.Core.Jobs;

/// <summary>
/// Makes exactly one node own a piece of work, such as a PBX: a row in the database with an expiry. Times are judged by
/// this node's clock, so nodes must agree within a few seconds; a lease must be much longer than that.
/// </summary>
public interface ILeases
{
    /// <summary>Takes the lease if it is free or ran out. Two takers in one process exclude each other too.</summary>
    /// <param name="name">What is owned, e.g. <c>pbx:{id}</c>; at most <see cref="MaxNameLength"/> characters.</param>
    /// <param name="duration">How long it holds without renewal; 5 seconds to 1 day.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>The lease, renewed by itself until disposed; null when another taker has it.</returns>
    Task<ILease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Longest name, in characters.</summary>
    const int MaxNameLength = 128;
}

/// <summary>A held lease. Disposing it gives it back.</summary>
public interface ILease : IAsyncDisposable
{
    /// <summary>What is owned.</summary>
    string Name { get; }

    /// <summary>Grows with every change of holder; a stale holder's writes can be told by it.</summary>
    long Fence { get; }

    /// <summary>Cancelled when the lease could not be renewed in time: stop at once, another node may own the work.</summary>
    CancellationToken Lost { get; }
}
