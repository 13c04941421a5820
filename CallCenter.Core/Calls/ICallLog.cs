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
    /// Its total counts only the rows of the page: more is for <see cref="SumAsync"/>. Where a search over years finds little, it stops
    /// after some seconds and says in <see cref="KeysetPage{T}.SearchedToUtc"/> how far it came; the key in that direction goes on from there.
    /// </returns>
    Task<Result<KeysetPage<CallRow>>> SearchAsync(CallFilter filter, string? cursor = null, int count = 50, CancellationToken cancellationToken = default);

    /// <summary>
    /// All calls that match, newest first, read in pages by key so that memory stays flat; for exports. The caller's scope and
    /// permissions count as in <see cref="SearchAsync"/>, and are asked again with every page.
    /// </summary>
    /// <param name="filter">What to read.</param>
    /// <param name="after">Goes on after this row, where an export was interrupted; null begins at the newest.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="UnauthorizedAccessException">The caller may not see calls.</exception>
    IAsyncEnumerable<CallExportRow> StreamAsync(CallFilter filter, CallPosition? after = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// How many match and how long people talked in them. Counts the whole selection as far as some seconds allow, else its newest
    /// calls, see <see cref="CallSums.IsCapped"/>; show the page first.
    /// </summary>
    /// <returns>The sums, the errors of <see cref="SearchAsync"/>, or <see cref="CallErrors.TooManyToTotal"/>.</returns>
    Task<Result<CallSums>> SumAsync(CallFilter filter, CancellationToken cancellationToken = default);

    /// <summary>One call with its legs.</summary>
    /// <returns>The call, <see cref="AccessErrors.Denied"/> or <see cref="CallErrors.NotFound"/>.</returns>
    Task<Result<CallDetail>> FindAsync(Guid callId, CancellationToken cancellationToken = default);
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

    /// <inheritdoc cref="Call.Queue"/>
    public string Queue { get; init; } = "";

    /// <inheritdoc cref="Call.Path"/>
    public string Path { get; init; } = "";

    /// <inheritdoc cref="Call.Trunk"/>
    public string Trunk { get; init; } = "";

    /// <inheritdoc cref="Call.DurationSeconds"/>
    public int DurationSeconds { get; init; }

    /// <inheritdoc cref="Call.RingSeconds"/>
    public int? RingSeconds { get; init; }

    /// <inheritdoc cref="Call.HoldSeconds"/>
    public int? HoldSeconds { get; init; }

    /// <inheritdoc cref="Call.HungUpBy"/>
    public CallEnd HungUpBy { get; init; }

    /// <inheritdoc cref="Call.TransferCount"/>
    public int TransferCount { get; init; }

    /// <inheritdoc cref="Call.ClientId"/>
    public Guid? ClientId { get; init; }

    /// <inheritdoc cref="Call.ClientCount"/>
    public int ClientCount { get; init; }

    /// <inheritdoc cref="AssembledCall.FailureReason"/>
    public string FailureReason { get; init; } = "";

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
    IReadOnlyList<CallLegRow> Legs)
{
    /// <summary>The PBX's own extensions in it and what they did.</summary>
    public IReadOnlyList<AssembledParticipant> Parts { get; init; } = [];
}

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
    bool HasRecording)
{
    /// <inheritdoc cref="CdrLeg.LastData"/>
    public string LastData { get; init; } = "";

    /// <inheritdoc cref="CdrLeg.DestinationTrunk"/>
    public string DestinationTrunk { get; init; } = "";
}

/// <summary>Where a list of calls stands: the key of its order.</summary>
/// <param name="StartedAtUtc">Start, UTC.</param>
/// <param name="Id">The call.</param>
public readonly record struct CallPosition(DateTime StartedAtUtc, Guid Id);

/// <summary>Sums over a selection of calls.</summary>
/// <param name="Calls">How many.</param>
/// <param name="TalkSeconds">Talk time, seconds.</param>
/// <param name="WaitSeconds">Wait, seconds.</param>
/// <param name="Answered">How many were answered by a person.</param>
public sealed record CallSums(long Calls, long TalkSeconds, long WaitSeconds, long Answered)
{
    /// <summary>True when there are more calls than were summed: these are the newest ones.</summary>
    public bool IsCapped { get; init; }
}

/// <summary>A call as exported: what its columns need and no more. Members mean what they mean on <see cref="Call"/>; times are UTC.</summary>
public sealed record CallExportRow
{
    /// <inheritdoc cref="Call.Id"/>
    public required Guid Id { get; init; }

    /// <inheritdoc cref="Call.StartedAtUtc"/>
    public required DateTime StartedAtUtc { get; init; }

    /// <inheritdoc cref="Call.AnsweredAtUtc"/>
    public DateTime? AnsweredAtUtc { get; init; }

    /// <inheritdoc cref="Call.EndedAtUtc"/>
    public required DateTime EndedAtUtc { get; init; }

    /// <inheritdoc cref="Call.Direction"/>
    public required CallDirection Direction { get; init; }

    /// <inheritdoc cref="Call.Outcome"/>
    public required CallOutcome Outcome { get; init; }

    /// <inheritdoc cref="Call.FromNumber"/>
    public required string FromNumber { get; init; }

    /// <inheritdoc cref="Call.FromName"/>
    public required string FromName { get; init; }

    /// <inheritdoc cref="Call.ToNumber"/>
    public required string ToNumber { get; init; }

    /// <inheritdoc cref="Call.AnsweredBy"/>
    public required string AnsweredBy { get; init; }

    /// <inheritdoc cref="Call.Queue"/>
    public string Queue { get; init; } = "";

    /// <inheritdoc cref="Call.Path"/>
    public string Path { get; init; } = "";

    /// <inheritdoc cref="Call.Trunk"/>
    public required string Trunk { get; init; }

    /// <inheritdoc cref="Call.WaitSeconds"/>
    public required int WaitSeconds { get; init; }

    /// <inheritdoc cref="Call.TalkSeconds"/>
    public required int TalkSeconds { get; init; }

    /// <inheritdoc cref="Call.DurationSeconds"/>
    public required int DurationSeconds { get; init; }

    /// <inheritdoc cref="Call.HasRecording"/>
    public bool HasRecording { get; init; }

    /// <inheritdoc cref="Call.CallKey"/>
    public required string CallKey { get; init; }

    /// <inheritdoc cref="Call.OutsideE164"/>
    public long OutsideE164 { get; init; }

    /// <inheritdoc cref="Call.ClientId"/>
    public Guid? ClientId { get; init; }

    /// <inheritdoc cref="Call.ClientCount"/>
    public int ClientCount { get; init; }

    /// <inheritdoc cref="CallRow.Clients"/>
    public IReadOnlyList<ClientName> Clients { get; init; } = [];

    /// <summary>Where the stream stands after this row.</summary>
    public CallPosition Position => new(StartedAtUtc, Id);
}
