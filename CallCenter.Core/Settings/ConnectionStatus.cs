using CallCenter.Core.Primitives;

namespace CallCenter.Core.Settings;

/// <summary>What the portal last knew of a tenant's PBX.</summary>
public enum ConnectionState
{
    /// <summary>No PBX connection is set up.</summary>
    NotConfigured = 0,

    /// <summary>Set up, not checked yet.</summary>
    Unknown = 1,

    /// <summary>The last check passed.</summary>
    Connected = 2,

    /// <summary>The last check failed; it is tried again every minute.</summary>
    Failing = 3,

    /// <summary>The PBX refused the login. Nothing is tried until the settings change or the pause is over, lest it locks us out.</summary>
    Resting = 4,
}

/// <summary>State of a tenant's PBX connection as of <see cref="CheckedAtUtc"/>.</summary>
/// <param name="State">The state.</param>
/// <param name="CheckedAtUtc">Last check, UTC; null before the first.</param>
/// <param name="SinceUtc">When the state began, UTC; null before the first check.</param>
/// <param name="LastOkAtUtc">Last passed check, UTC; null when none ever passed.</param>
/// <param name="LastErrorCode">Code of the last failure, translated by pages; kept after recovery; null when none ever failed.</param>
/// <param name="LastErrorAtUtc">When it happened, UTC.</param>
/// <param name="FailedAttempts">Failed checks in a row; 0 while connected.</param>
/// <param name="NextAttemptAtUtc">End of the pause while resting, UTC; else null.</param>
public sealed record ConnectionStatus(
    ConnectionState State,
    DateTime? CheckedAtUtc,
    DateTime? SinceUtc,
    DateTime? LastOkAtUtc,
    string? LastErrorCode,
    DateTime? LastErrorAtUtc,
    int FailedAttempts,
    DateTime? NextAttemptAtUtc)
{
    /// <summary>Of a tenant without a PBX connection.</summary>
    public static readonly ConnectionStatus NotConfigured = new(ConnectionState.NotConfigured, null, null, null, null, null, 0, null);
}

/// <summary>The current tenant's connection status, kept true by a job each minute.</summary>
public interface IConnectionStatusFeed
{
    /// <summary>Reads the status. Everyone in the tenant may see it.</summary>
    Task<ConnectionStatus> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Calls back after each change of this tenant's status; the notice says "read again". Dispose the answer to stop.</summary>
    IDisposable Subscribe(Func<Task> changed);

    /// <summary>Checks now instead of at the next minute, unless the connection rests.</summary>
    /// <returns>Success once checked, whatever the outcome; or <see cref="Tenancy.AccessErrors.Denied"/>.</returns>
    Task<Result> CheckNowAsync(CancellationToken cancellationToken = default);
}
