namespace CallCenter.Core.Calls;

/// <summary>Which calls a caller may see, and with them their recordings, notes and figures.</summary>
/// <param name="All">Every call of the tenant; the lists do not count then.</param>
/// <param name="Extensions">Calls in which one of these has a part, whoever had it; what people had for a time stands in <see cref="Held"/>.</param>
/// <param name="Queues">Calls that waited in one of these first. Ring groups need none: their members have a part in their calls.</param>
public sealed record CallReach(bool All, IReadOnlyList<string> Extensions, IReadOnlyList<string> Queues)
{
    /// <summary>Every call.</summary>
    public static readonly CallReach Everything = new(true, [], []);

    /// <summary>No call.</summary>
    public static readonly CallReach Nothing = new(false, [], []);

    /// <summary>People whose calls are seen: those of the extensions that they had when the call began.</summary>
    public IReadOnlyList<Guid> Holders { get; init; } = [];

    /// <summary>
    /// The same, spelt out: extensions of <see cref="Holders"/> and when they were theirs. For figures, which have no calls to
    /// compare with; queries of calls take the holders.
    /// </summary>
    public IReadOnlyList<HeldExtension> Held { get; init; } = [];
}

/// <summary>An extension while somebody had it.</summary>
/// <param name="Extension">Its number.</param>
/// <param name="FromUtc">Since when, UTC.</param>
/// <param name="UntilUtc">Until when, UTC; null while it is.</param>
public sealed record HeldExtension(string Extension, DateTime FromUtc, DateTime? UntilUtc)
{
    /// <summary>Whether it was theirs at this time.</summary>
    public bool Covers(DateTime utc) => utc >= FromUtc && (UntilUtc is null || utc < UntilUtc);
}

/// <summary>Says which calls the caller may see; services apply it, pages only word it.</summary>
public interface ICallReaches
{
    /// <summary>
    /// Everything with <see cref="Tenancy.Permissions.Calls.ViewAll"/>; the own teams' people and queues with
    /// <see cref="Tenancy.Permissions.Calls.ViewTeam"/>; the own calls with <see cref="Tenancy.Permissions.Calls.View"/>; else nothing.
    /// </summary>
    Task<CallReach> ReadAsync(CancellationToken cancellationToken = default);
}
