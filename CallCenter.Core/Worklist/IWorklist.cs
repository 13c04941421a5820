using CallCenter.Core.Clients;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Worklist;

/// <summary>
/// Callers who gave up and wait to be called. Needs <see cref="Permissions.Calls.Worklist"/>, else <see cref="AccessErrors.Denied"/>.
/// Seen are entries with a call within the caller's reach, of a queue of the own teams, or of one in which the own extension is a
/// member on the PBX; everything with <see cref="Permissions.Calls.ViewAll"/>.
/// </summary>
public interface IWorklist
{
    /// <summary>One page. Open ones come by who waits longest, settled ones by when, last first.</summary>
    Task<Result<WorklistPage>> ListAsync(WorklistFilter filter, string? cursor = null, int count = 50, CancellationToken cancellationToken = default);

    /// <summary>How many wait, short ones and those without a number apart; at most 99, for the menu.</summary>
    Task<Result<int>> CountOpenAsync(CancellationToken cancellationToken = default);

    /// <summary>"I call back": nobody else is to call until released, settled or the time is over. Again, it counts anew.</summary>
    /// <returns>Success, <see cref="WorklistErrors.NotFound"/>, <see cref="WorklistErrors.Claimed"/> or <see cref="WorklistErrors.Settled"/>.</returns>
    Task<Result> ClaimAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Gives the own claim back; with <see cref="Permissions.Calls.ViewAll"/> anybody's.</summary>
    Task<Result> ReleaseAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Takes the caller off the list with a reason.</summary>
    /// <returns>Success, <see cref="WorklistErrors.NotFound"/>, <see cref="WorklistErrors.Claimed"/>, <see cref="WorklistErrors.Settled"/> or <see cref="WorklistErrors.NoteMissing"/>.</returns>
    Task<Result> DismissAsync(Guid id, DismissReason reason, string note, CancellationToken cancellationToken = default);

    /// <summary>Takes a dismissal back.</summary>
    Task<Result> RestoreAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>How the tenant's worklist works.</summary>
    Task<Result<WorklistPlan>> ReadPlanAsync(CancellationToken cancellationToken = default);

    /// <summary>Changes that; needs <see cref="Permissions.Settings.Edit"/>.</summary>
    Task<Result> ChangePlanAsync(bool includesDirect, int claimMinutes, int days, CancellationToken cancellationToken = default);

    /// <summary>Calls back after changes. Dispose the answer to stop.</summary>
    IDisposable Subscribe(Func<Task> changed);
}

/// <summary>Parts of the list.</summary>
public enum WorklistPart
{
    /// <summary>Open, with a number, given up after a while.</summary>
    Open = 1,

    /// <summary>Open, given up at once.</summary>
    Brief = 2,

    /// <summary>Open, without a number to call.</summary>
    Withheld = 3,

    /// <summary>Settled.</summary>
    Settled = 4,
}

/// <summary>Narrows the list. A null member does not narrow.</summary>
/// <param name="Part">Which part.</param>
/// <param name="Group">Only entries with a call that waited in this group.</param>
/// <param name="WithinHours">Only callers who gave up within so many hours.</param>
public sealed record WorklistFilter(WorklistPart Part = WorklistPart.Open, string? Group = null, int? WithinHours = null);

/// <summary>A page of the list.</summary>
/// <param name="Page">The rows.</param>
/// <param name="Groups">Numbers and names of groups that entries have, for the filter; an unknown name is empty.</param>
public sealed record WorklistPage(KeysetPage<WorklistRow> Page, IReadOnlyList<(string Number, string Name)> Groups);

/// <summary>An entry as listed. Members mean what they mean on <see cref="WorklistEntry"/>; times are UTC.</summary>
public sealed record WorklistRow(
    Guid Id, string Number, DateTime FirstAtUtc, DateTime LastAtUtc, int Calls, int LongestWaitSeconds, IReadOnlyList<string> Groups, WorklistState State)
{
    /// <inheritdoc cref="WorklistEntry.E164"/>
    public long E164 { get; init; }

    /// <inheritdoc cref="WorklistEntry.ClosedAtUtc"/>
    public DateTime? ClosedAtUtc { get; init; }

    /// <inheritdoc cref="WorklistEntry.ClosedByCallId"/>
    public Guid? ClosedByCallId { get; init; }

    /// <inheritdoc cref="WorklistEntry.ClosedBy"/>
    public string ClosedBy { get; init; } = "";

    /// <summary>Why it was dismissed; null when it was not.</summary>
    public DismissReason? Reason { get; init; }

    /// <summary>What was written with the dismissal.</summary>
    public string Note { get; init; } = "";

    /// <inheritdoc cref="WorklistEntry.Tries"/>
    public int Tries { get; init; }

    /// <inheritdoc cref="WorklistEntry.LastTryAtUtc"/>
    public DateTime? LastTryAtUtc { get; init; }

    /// <summary>Who calls back; empty for nobody, or when the time is over.</summary>
    public string ClaimedBy { get; init; } = "";

    /// <summary>Until when, UTC.</summary>
    public DateTime? ClaimedUntilUtc { get; init; }

    /// <summary>The claim is the caller's own.</summary>
    public bool ClaimIsMine { get; init; }

    /// <summary>Its calls that the caller may open, by time, first first.</summary>
    public IReadOnlyList<Guid> CallIds { get; init; } = [];

    /// <summary>Clients with the number.</summary>
    public IReadOnlyList<ClientName> Clients { get; init; } = [];
}

/// <summary>Expected failures of the worklist.</summary>
public static class WorklistErrors
{
    /// <summary>No such entry within reach. Also the answer for another tenant's.</summary>
    public static readonly Error NotFound = new("worklist.not_found", "The entry is not on the list.");

    /// <summary>Somebody else calls this caller back.</summary>
    public static readonly Error Claimed = new("worklist.claimed", "Somebody else calls this caller back.");

    /// <summary>Called back, called again or dismissed meanwhile.</summary>
    public static readonly Error Settled = new("worklist.settled", "This is settled already.");

    /// <summary>"Something else" needs words.</summary>
    public static readonly Error NoteMissing = new("worklist.note_missing", "Say what it was.", "Note");

    /// <summary>Longer than <see cref="WorklistDismissal.NoteMaxLength"/>.</summary>
    public static readonly Error NoteTooLong = new("worklist.note_too_long", "The note is too long.", "Note");

    /// <summary>Minutes not within 1 to 240, or days not within 1 to 90.</summary>
    public static readonly Error PlanWrong = new("worklist.plan_wrong", "1 to 240 minutes and 1 to 90 days.");
}

/// <summary>Acts on the worklist in the audit log. Permanent, as they are stored.</summary>
public static class WorklistAuditActions
{
    /// <summary>An entry was dismissed.</summary>
    public const string Dismissed = "worklist.dismissed";

    /// <summary>A dismissal was taken back.</summary>
    public const string Restored = "worklist.restored";

    /// <summary>How the list works was changed.</summary>
    public const string PlanChanged = "worklist.plan_changed";
}
