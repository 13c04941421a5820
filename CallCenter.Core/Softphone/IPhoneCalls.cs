using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Softphone;

/// <summary>
/// Calls of the signed-in person's phone. Everything may be told again and from several circuits: a call is one row, found by the id that the
/// browser gave. Needs <see cref="Permissions.Extensions.Own"/>, else <see cref="AccessErrors.Denied"/>.
/// </summary>
public interface IPhoneCalls
{
    /// <summary>Tells the calls of the present snapshot. Cheap when nothing changed since this scope last told it; call it with every snapshot.</summary>
    Task<Result> ReportAsync(IReadOnlyList<PhoneCallReport> live, CancellationToken cancellationToken = default);

    /// <summary>Stores finished calls.</summary>
    /// <returns>Ids to acknowledge: those that are stored, now or before.</returns>
    Task<Result<IReadOnlyList<string>>> EndAsync(IReadOnlyList<PhoneCallEnd> ended, CancellationToken cancellationToken = default);

    /// <summary>The caller's own calls, newest first.</summary>
    Task<Result<IReadOnlyList<PhoneCallRow>>> ListOwnAsync(int count = 20, CancellationToken cancellationToken = default);

    /// <summary>One of the caller's own calls.</summary>
    /// <returns>The call or <see cref="PhoneErrors.CallNotFound"/>.</returns>
    Task<Result<PhoneCallRow>> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps what the caller wrote about a call in the phone: one note and one disposition, replacing what was written there before. They
    /// stand on the call itself as soon as the PBX's record of it is there. Needs <see cref="Permissions.Calls.Annotate"/> too.
    /// </summary>
    /// <param name="id">The call, live or ended.</param>
    /// <param name="note">Text; empty for none.</param>
    /// <param name="dispositionId">Result; null for none.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>
    /// Success, <see cref="PhoneErrors.CallNotFound"/>, <see cref="Work.WorkErrors.NoteTooLong"/>, <see cref="Work.WorkErrors.DispositionUnknown"/>,
    /// <see cref="Work.WorkErrors.DispositionNeedsNote"/>, or an error of <see cref="Work.ICallWork"/> once the call is there.
    /// </returns>
    Task<Result> SaveWorkAsync(string id, string note, Guid? dispositionId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Calls of phones that the PBX has not reported yet, newest first, at most <paramref name="count"/>: live ones and those of the last day.
    /// Within the caller's <see cref="Calls.CallReach"/>; needs <see cref="Permissions.Calls.View"/>.
    /// </summary>
    /// <param name="filter">Of the history; none fits when <see cref="OpenPhoneCallFilter.CanTell"/> is false for it.</param>
    /// <param name="count">Most rows.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<Result<IReadOnlyList<PhoneCallRow>>> ListOpenAsync(CallFilter filter, int count = 50, CancellationToken cancellationToken = default);

    /// <summary>What phones measured in a call of the history, one row for each phone in it. Within the caller's reach.</summary>
    Task<Result<IReadOnlyList<PhoneCallRow>>> ListOfCallAsync(Guid callId, CancellationToken cancellationToken = default);

    /// <summary>Calls back when calls of phones in this tenant changed; read again then. Dispose the answer to stop.</summary>
    IDisposable Subscribe(Func<Task> changed);
}

/// <summary>A live call as the browser tells it; names as in <c>contract.ts</c>. Times are UTC by the browser's clock.</summary>
/// <param name="Id">Id that the browser gave.</param>
/// <param name="SipCallId">SIP Call-ID; null while unknown.</param>
/// <param name="Direction">Who called.</param>
/// <param name="Number">The other side.</param>
/// <param name="Name">Its name; null when unknown.</param>
/// <param name="State">Where it stands.</param>
/// <param name="StartedAtUtc">Start.</param>
/// <param name="AnsweredAtUtc">Answer; null before.</param>
public sealed record PhoneCallReport(
    string Id, string? SipCallId, PhoneDirection Direction, string Number, string? Name, PhoneCallState State, DateTime StartedAtUtc, DateTime? AnsweredAtUtc);

/// <summary>A finished call as the browser tells it; names as in <c>contract.ts</c>. Times are UTC by the browser's clock.</summary>
/// <param name="Id">Id that the browser gave.</param>
/// <param name="SipCallId">SIP Call-ID; null when none was sent.</param>
/// <param name="Direction">Who called.</param>
/// <param name="Number">The other side.</param>
/// <param name="Name">Its name; null when unknown.</param>
/// <param name="StartedAtUtc">Start.</param>
/// <param name="AnsweredAtUtc">Answer; null when there was none.</param>
/// <param name="EndedAtUtc">End.</param>
/// <param name="EndedBy">Who ended it.</param>
/// <param name="SipCode">SIP status; null for none.</param>
/// <param name="Cause">Word of the contract's <c>EndCause</c>.</param>
/// <param name="Quality">Audio; null without figures.</param>
public sealed record PhoneCallEnd(
    string Id, string? SipCallId, PhoneDirection Direction, string Number, string? Name, DateTime StartedAtUtc, DateTime? AnsweredAtUtc,
    DateTime EndedAtUtc, PhoneEndedBy EndedBy, int? SipCode, string Cause, PhoneQuality? Quality);

/// <summary>Audio of a call. Members mean what they mean on <see cref="PhoneCall"/>.</summary>
public sealed record PhoneQuality(double MosAverage, double MosLowest, double LossPercent, double JitterMilliseconds, double? RoundTripMilliseconds, int Samples)
{
    /// <summary>Users are satisfied from this score on (ITU-T G.107, annex B: R of 80).</summary>
    public const double Good = 4.0;

    /// <summary>Below this many users are not (R of 70).</summary>
    public const double Fair = 3.6;
}

/// <summary>Words for why a call ended, as in <c>contract.ts</c>.</summary>
public static class PhoneCauses
{
    /// <summary>The call ended before anything was sent to the PBX, which therefore never reports it.</summary>
    public static bool NeverLeft(string cause) => cause is "noNetwork" or "microphoneDenied" or "microphoneMissing";
}

/// <summary>A call of a phone as shown. Members mean what they mean on <see cref="PhoneCall"/>; times are UTC.</summary>
public sealed record PhoneCallRow(
    Guid Id,
    string ClientId,
    Guid UserId,
    string UserName,
    string Extension,
    PhoneDirection Direction,
    string Number,
    string Name,
    long E164,
    PhoneCallState State,
    DateTime StartedAtUtc,
    DateTime? AnsweredAtUtc,
    DateTime? EndedAtUtc,
    PhoneEndedBy? EndedBy,
    string Cause,
    int? SipCode,
    PhoneQuality? Quality,
    Guid? CallId,
    string Note,
    Guid? DispositionId)
{
    /// <summary>Clients with the number; several when it is not one client's alone.</summary>
    public IReadOnlyList<Clients.ClientName> Clients { get; init; } = [];

    /// <inheritdoc cref="PhoneCall.IsLive"/>
    public bool IsLive => State is not (PhoneCallState.Ended or PhoneCallState.Lost);
}
