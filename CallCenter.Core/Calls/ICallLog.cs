using CallCenter.Core.Clients;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>Reads the current tenant's calls.</summary>
public interface ICallLog
{
    /// <summary>One page of the calls that match, newest first.</summary>
    /// <param name="filter">What to show.</param>
    /// <param name="cursor">Key from <see cref="KeysetPage{T}"/>; null or not understood gives the newest page.</param>
    /// <param name="count">Rows of a page, clamped to 1 to 200.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>
    /// The page, <see cref="AccessErrors.Denied"/>, <see cref="CallErrors.NumberWithoutDigits"/> or <see cref="CallErrors.RangeBackwards"/>.
    /// </returns>
    Task<Result<KeysetPage<CallRow>>> SearchAsync(CallFilter filter, string? cursor = null, int count = 50, CancellationToken cancellationToken = default);

    /// <summary>One call with its legs.</summary>
    /// <returns>The call, <see cref="AccessErrors.Denied"/> or <see cref="CallErrors.NotFound"/>.</returns>
    Task<Result<CallDetail>> FindAsync(Guid callId, CancellationToken cancellationToken = default);
}

/// <summary>Narrows the list. A null member does not narrow.</summary>
public sealed record CallFilter
{
    /// <summary>No narrowing.</summary>
    public static readonly CallFilter None = new();

    /// <summary>First day of the call's start, in the tenant's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day of the call's start, included, in the tenant's zone.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Last digits of the caller's, the dialled or the answering number; of more than nine digits the last nine count.</summary>
    public string? Number { get; init; }

    /// <summary>How the call ended.</summary>
    public CallOutcome? Outcome { get; init; }

    /// <summary>Direction of the call.</summary>
    public CallDirection? Direction { get; init; }

    /// <summary>Words of a client's name, company or tags, in any spelling.</summary>
    public string? Client { get; init; }

    /// <summary>Calls with a number of this client, ambiguous ones included.</summary>
    public Guid? ClientId { get; init; }
}

/// <summary>A call as listed. Members mean what they mean on <see cref="Call"/>; times are UTC.</summary>
public sealed record CallRow(
    Guid Id,
    DateTime StartedAtUtc,
    CallDirection Direction,
    CallOutcome Outcome,
    string FromNumber,
    string FromName,
    string ToNumber,
    string AnsweredBy,
    string Via,
    int WaitSeconds,
    int TalkSeconds,
    bool HasRecording)
{
    /// <inheritdoc cref="Call.OutsideE164"/>
    public long OutsideE164 { get; init; }

    /// <summary>The client of the outside number; several when the number is not one client's alone; empty for unknown ones.</summary>
    public IReadOnlyList<ClientName> Clients { get; init; } = [];
}

/// <summary>A call with everything known of it. Times are UTC.</summary>
/// <param name="Call">As listed.</param>
/// <param name="AnsweredAtUtc">See <see cref="Calls.Call.AnsweredAtUtc"/>.</param>
/// <param name="EndedAtUtc">See <see cref="Calls.Call.EndedAtUtc"/>.</param>
/// <param name="DurationSeconds">See <see cref="Calls.Call.DurationSeconds"/>.</param>
/// <param name="Trunk">See <see cref="Calls.Call.Trunk"/>.</param>
/// <param name="FailureReason">See <see cref="AssembledCall.FailureReason"/>.</param>
/// <param name="CallKey">The PBX's id of the call, for support.</param>
/// <param name="Legs">By start.</param>
public sealed record CallDetail(
    CallRow Call,
    DateTime? AnsweredAtUtc,
    DateTime EndedAtUtc,
    int DurationSeconds,
    string Trunk,
    string FailureReason,
    string CallKey,
    IReadOnlyList<CallLegRow> Legs);

/// <summary>A leg as shown below its call. Members mean what they mean on <see cref="CdrLeg"/>; times are UTC.</summary>
public sealed record CallLegRow(
    DateTime StartedAtUtc,
    DateTime? AnsweredAtUtc,
    DateTime EndedAtUtc,
    int DurationSeconds,
    int BillableSeconds,
    LegDisposition Disposition,
    LegAction Action,
    string ActionTarget,
    string Source,
    string Destination,
    string AnsweredBy,
    bool ReachedDevice,
    string LastApplication,
    bool HasRecording);
