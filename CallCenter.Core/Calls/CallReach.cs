namespace CallCenter.Core.Calls;

/// <summary>Which calls a caller may see, and with them their recordings, notes and figures.</summary>
/// <param name="All">Every call of the tenant; the lists do not count then.</param>
/// <param name="Extensions">Calls in which one of these has a part.</param>
/// <param name="Queues">Calls that waited in one of these.</param>
public sealed record CallReach(bool All, IReadOnlyList<string> Extensions, IReadOnlyList<string> Queues)
{
    /// <summary>Every call.</summary>
    public static readonly CallReach Everything = new(true, [], []);

    /// <summary>No call.</summary>
    public static readonly CallReach Nothing = new(false, [], []);
}

/// <summary>Says which calls the caller may see; services apply it, pages only word it.</summary>
public interface ICallReaches
{
    /// <summary>
    /// Everything with <see cref="Tenancy.Permissions.Calls.ViewAll"/>; the own teams' extensions and queues with
    /// <see cref="Tenancy.Permissions.Calls.ViewTeam"/>; the own extension with <see cref="Tenancy.Permissions.Calls.View"/>; else nothing.
    /// </summary>
    Task<CallReach> ReadAsync(CancellationToken cancellationToken = default);
}
