namespace CallCenter.Simulators.Calls;

/// <summary>Direction of a whole call, seen from the PBX.</summary>
public enum LedgerDirection
{
    Internal,
    Inbound,
    Outbound,
}

/// <summary>How a whole call really ended.</summary>
public enum LedgerOutcome
{
    /// <summary>A person talked.</summary>
    Answered,

    /// <summary>No person answered; the caller reached a mailbox.</summary>
    Voicemail,

    /// <summary>The caller gave up in a menu or queue.</summary>
    Abandoned,

    /// <summary>It rang, or could not even ring, and nobody answered.</summary>
    NoAnswer,

    /// <summary>The called party was busy.</summary>
    Busy,

    /// <summary>It could not be placed; see <see cref="LedgerCall.FailureReason"/>.</summary>
    Failed,

    /// <summary>The PBX refused it: the caller may not dial there.</summary>
    Blocked,
}

/// <summary>What really happened in one call: the truth that a synchronised portal is compared with.</summary>
public sealed record LedgerCall
{
    /// <summary><c>uniqueid</c> of the first leg. The legs of one call are those connected by unique id or session.</summary>
    public required string UniqueId { get; init; }

    /// <summary>Session of the first leg.</summary>
    public required SessionId Session { get; init; }

    /// <summary>Start of the first leg.</summary>
    public required DateTimeOffset StartUtc { get; init; }

    /// <summary>End of the last leg.</summary>
    public required DateTimeOffset EndUtc { get; init; }

    public required LedgerDirection Direction { get; init; }

    public required LedgerOutcome Outcome { get; init; }

    /// <summary>The caller's number as the PBX writes it.</summary>
    public required string From { get; init; }

    /// <summary>The caller's name; may be empty.</summary>
    public required string FromName { get; init; }

    /// <summary>
    /// Number first dialled as far as call detail can tell: extension, outside number, menu or queue; of ring groups the public
    /// number, or the group where header legs are switched off.
    /// </summary>
    public required string To { get; init; }

    /// <summary>The public number that was called; empty unless inbound. Only ring-group header legs tell it in the CDR.</summary>
    public string Did { get; init; } = "";

    /// <summary>Queue or ring group the call passed; empty when none.</summary>
    public string Via { get; init; } = "";

    /// <summary>Trunk in or out; empty for internal calls.</summary>
    public string Trunk { get; init; } = "";

    /// <summary>Extension, or outside number, of the person who answered first; empty when none did.</summary>
    public string AnsweredBy { get; init; } = "";

    /// <summary>Prompt that told the caller why a call failed; empty unless <see cref="LedgerOutcome.Failed"/> or <see cref="LedgerOutcome.Blocked"/>.</summary>
    public string FailureReason { get; init; } = "";

    /// <summary>
    /// Talk as far as call detail can tell, seconds: the billed time of the legs that a person answered, each less the
    /// longest ring of the losing legs that began to ring at the same moment.
    /// </summary>
    public required int TalkSeconds { get; init; }

    /// <summary>What kind of call the generator meant, for messages of failing tests.</summary>
    public required string Scenario { get; init; }

    /// <summary>In the order the PBX wrote them.</summary>
    public required IReadOnlyList<LedgerLeg> Legs { get; init; }

    /// <summary>Recording files of all legs, folder included.</summary>
    public IEnumerable<string> Recordings => Legs.SelectMany(l => l.Recordings);
}

/// <summary>A session id, before a firmware writes it in its own way.</summary>
/// <param name="EpochSeconds">UTC.</param>
/// <param name="Microseconds">0 to 999,999.</param>
/// <param name="Source">The caller.</param>
public readonly record struct SessionId(long EpochSeconds, int Microseconds, string Source);
