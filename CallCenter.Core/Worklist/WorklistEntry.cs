using CallCenter.Core.Calls;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Worklist;

/// <summary>Where an entry of the worklist stands.</summary>
public enum WorklistState
{
    /// <summary>Waits for somebody.</summary>
    Open = 1,

    /// <summary>We called and the caller answered.</summary>
    CalledBack = 2,

    /// <summary>The caller got through on another try.</summary>
    CalledAgain = 3,

    /// <summary>Somebody dismissed it.</summary>
    Dismissed = 4,
}

/// <summary>Why an entry was dismissed.</summary>
public enum DismissReason
{
    /// <summary>Settled by mail, message or in person.</summary>
    Settled = 1,

    /// <summary>Nobody can be reached there.</summary>
    NotReachable = 2,

    /// <summary>A wrong number.</summary>
    WrongNumber = 3,

    /// <summary>Spam or a test.</summary>
    Unwanted = 4,

    /// <summary>Something else, as the note says.</summary>
    Other = 5,
}

/// <summary>
/// A caller who gave up, once or several times, and has not been spoken to since. Made from the calls whenever they change; only
/// the claim is of people's making.
/// </summary>
public sealed class WorklistEntry : ITenantOwned
{
    /// <summary>Longest list of groups kept, in characters.</summary>
    public const int GroupsMaxLength = 200;

    /// <summary>Time-ordered key; stays while calls are added to the entry or go.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Digits of E.164; 0 for callers who withheld their number, each of whose calls is an entry of its own.</summary>
    public required long E164 { get; init; }

    /// <summary>As the PBX gave it last; empty when withheld.</summary>
    public string Number { get; set; } = "";

    /// <summary>Start of the first abandoned call, UTC: since when the caller waits.</summary>
    public DateTime FirstAtUtc { get; set; }

    /// <summary>Start of the last one, UTC.</summary>
    public DateTime LastAtUtc { get; set; }

    /// <summary>How many.</summary>
    public int Calls { get; set; }

    /// <summary>Longest wait in one of them, seconds.</summary>
    public int LongestWaitSeconds { get; set; }

    /// <summary>All of them were given up within the group's <see cref="Groups.PbxGroup.ShortAbandonSeconds"/>.</summary>
    public bool IsShort { get; set; }

    /// <summary>Groups in which the calls waited, by number, comma-separated.</summary>
    public string Groups { get; set; } = "";

    /// <summary>Where it stands.</summary>
    public WorklistState State { get; set; } = WorklistState.Open;

    /// <summary>When it was settled, UTC; null while open.</summary>
    public DateTime? ClosedAtUtc { get; set; }

    /// <summary>The call that settled it; null while open and for dismissals.</summary>
    public Guid? ClosedByCallId { get; set; }

    /// <summary>The extension that talked to the caller, or who dismissed it.</summary>
    public string ClosedBy { get; set; } = "";

    /// <summary>The dismissal; null without.</summary>
    public Guid? DismissalId { get; set; }

    /// <summary>Calls of ours that nobody answered.</summary>
    public int Tries { get; set; }

    /// <summary>Start of the last of those, UTC.</summary>
    public DateTime? LastTryAtUtc { get; set; }

    /// <summary>Who said "I call back"; null for nobody.</summary>
    public Guid? ClaimedById { get; set; }

    /// <summary>That person's name.</summary>
    public string ClaimedByName { get; set; } = "";

    /// <summary>Until when the word counts, UTC.</summary>
    public DateTime? ClaimedUntilUtc { get; set; }
}

/// <summary>An abandoned call of an entry.</summary>
public sealed class WorklistCall : ITenantOwned
{
    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The call.</summary>
    public required Guid CallId { get; init; }

    /// <summary>The entry.</summary>
    public required Guid EntryId { get; set; }

    /// <summary>Queue, ring group or menu in which it waited; empty for direct calls.</summary>
    public required string Group { get; set; }
}

/// <summary>That somebody dismissed what a caller had abandoned until a time.</summary>
public sealed class WorklistDismissal : ITenantOwned
{
    /// <summary>Longest note, in characters.</summary>
    public const int NoteMaxLength = 200;

    /// <summary>Key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The caller; 0 when withheld.</summary>
    public required long E164 { get; init; }

    /// <summary>The call, for callers who withheld their number; null otherwise.</summary>
    public required Guid? CallId { get; set; }

    /// <summary>Start of the last call it dismisses, UTC; one that became known later is not dismissed.</summary>
    public required DateTime UpToUtc { get; init; }

    /// <summary>Why.</summary>
    public required DismissReason Reason { get; init; }

    /// <summary>In words; may be empty.</summary>
    public required string Note { get; init; }

    /// <summary>Who.</summary>
    public required string ByName { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime AtUtc { get; init; }
}

/// <summary>How a tenant's worklist works; without a row as a new one says.</summary>
public sealed class WorklistPlan : ITenantOwned
{
    /// <summary>Version of the rules by which entries are made; a tenant of older ones is made anew.</summary>
    public const int CurrentRules = 1;

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Missed calls that passed no queue, ring group or menu too.</summary>
    public bool IncludesDirect { get; set; }

    /// <summary>Minutes for which "I call back" counts.</summary>
    public int ClaimMinutes { get; set; } = 15;

    /// <summary>Days for which a caller is kept on the list.</summary>
    public int Days { get; set; } = 14;

    /// <summary>Rules by which the entries were made last; 0 asks for making them anew.</summary>
    public int RulesVersion { get; set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; set; }
}

/// <summary>What of a call the worklist cares about.</summary>
public static class WorklistRules
{
    /// <summary>The group in which the call waited last known: its queue, ring group or menu; empty for none.</summary>
    public static string GroupOf(string queue, string via, string ivr) => queue.Length > 0 ? queue : via.Length > 0 ? via : ivr;

    /// <summary>What the call is; null when it is nothing to the worklist.</summary>
    public static CallerEventKind? KindOf(Telephony.CallDirection direction, CallOutcome outcome, string group, bool includesDirect) => (direction, outcome) switch
    {
        (Telephony.CallDirection.Inbound, CallOutcome.Answered) => CallerEventKind.CalledAgain,
        (Telephony.CallDirection.Inbound, CallOutcome.Abandoned or CallOutcome.NoAnswer) when group.Length > 0 || includesDirect => CallerEventKind.Abandoned,
        (Telephony.CallDirection.Outbound, CallOutcome.Answered) => CallerEventKind.CalledBack,
        (Telephony.CallDirection.Outbound, _) => CallerEventKind.Tried,
        _ => null,
    };
}
