using CallCenter.Core.Primitives;

namespace CallCenter.Core.Recordings;

/// <summary>Legal holds: keep a call's recordings from every deletion.</summary>
public interface IRecordingHolds
{
    /// <summary>Sets a hold, or changes its reason.</summary>
    /// <returns>
    /// How it stands, <see cref="Tenancy.AccessErrors.Denied"/>, <see cref="Calls.CallErrors.NotFound"/> for a call outside the caller's reach, or
    /// <see cref="RetentionErrors.ReasonMissing"/>. A recording that was being deleted at that moment may be gone; the answer counts those.
    /// </returns>
    Task<Result<HoldView>> HoldAsync(Guid callId, string reason, CancellationToken cancellationToken = default);

    /// <summary>Takes a hold away; succeeds when there is none. Recordings old enough go with the next run.</summary>
    Task<Result> ReleaseAsync(Guid callId, CancellationToken cancellationToken = default);

    /// <summary>The call's hold.</summary>
    /// <returns>The hold, null for none, <see cref="Tenancy.AccessErrors.Denied"/> or <see cref="Calls.CallErrors.NotFound"/>.</returns>
    Task<Result<HoldView?>> FindAsync(Guid callId, CancellationToken cancellationToken = default);

    /// <summary>All holds within the caller's reach, newest first.</summary>
    Task<Result<IReadOnlyList<HoldView>>> ListAsync(CancellationToken cancellationToken = default);
}

/// <summary>A hold as shown.</summary>
/// <param name="CallId">The call.</param>
/// <param name="CallStartedAtUtc">Its start, UTC.</param>
/// <param name="FromNumber">Its caller.</param>
/// <param name="ToNumber">The number dialled.</param>
/// <param name="Reason">Why.</param>
/// <param name="ByName">Who.</param>
/// <param name="AtUtc">When, UTC.</param>
/// <param name="Recordings">Recordings that it keeps.</param>
/// <param name="Gone">Recordings of the call that were deleted before.</param>
public sealed record HoldView(
    Guid CallId, DateTime CallStartedAtUtc, string FromNumber, string ToNumber, string Reason, string ByName, DateTime AtUtc, int Recordings, int Gone);
