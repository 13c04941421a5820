using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Recordings;

/// <summary>
/// Marks on what is not to be heard again. While a call runs, by the agent for the own extension
/// (<see cref="Permissions.Recordings.Pause"/>); afterwards, by whoever may write on the call (<see cref="Permissions.Calls.Annotate"/>).
/// The PBX is asked to pause its recording; whether it did stands on the mark.
/// </summary>
public interface IRecordingPauses
{
    /// <summary>The open mark of the own extension; null for none.</summary>
    /// <returns>The mark, <see cref="AccessErrors.Denied"/>, or <see cref="Extensions.ExtensionErrors.NoOwnExtension"/>.</returns>
    Task<Result<PauseView?>> FindOwnAsync(CancellationToken cancellationToken = default);

    /// <summary>Begins now on the own extension. One that is open ends where this one begins.</summary>
    Task<Result<PauseView>> BeginAsync(string reason, CancellationToken cancellationToken = default);

    /// <summary>Ends the own extension's mark now.</summary>
    /// <returns>The mark or <see cref="RecordingPauseErrors.NothingOpen"/>.</returns>
    Task<Result<PauseView>> EndAsync(CancellationToken cancellationToken = default);

    /// <summary>Marks a stretch of a recording; audited.</summary>
    /// <returns>The mark, <see cref="AccessErrors.Denied"/>, <see cref="RecordingErrors.NotFound"/> or <see cref="RecordingPauseErrors.BadStretch"/>.</returns>
    Task<Result<PauseView>> AddAsync(Guid recordingId, PauseStretch stretch, string reason, CancellationToken cancellationToken = default);

    /// <summary>Takes a mark away: one's own, or anybody's for who sees all calls; audited.</summary>
    Task<Result> RemoveAsync(Guid id, CancellationToken cancellationToken = default);
}

/// <summary>Takes marks from other systems: a payment page that opens, a desk application.</summary>
public interface IRecordingPauseReceiver
{
    /// <summary>Largest body, in bytes.</summary>
    const int MaxBytes = 4096;

    /// <summary>Begins or ends a mark as the body says.</summary>
    /// <returns>
    /// The mark; <see cref="Calls.CallErrors.PushUnknown"/> for a wrong secret or tenant, <see cref="Calls.CallErrors.PushTooOften"/>,
    /// <see cref="Calls.CallErrors.PushTooLarge"/>, or an error of <see cref="RecordingPauseErrors"/>.
    /// </returns>
    Task<Result<PauseView>> ReceiveAsync(string slug, string secret, Stream body, string? remoteAddress, CancellationToken cancellationToken = default);
}

/// <summary>A mark as shown. Members mean what they mean on <see cref="RecordingPause"/>.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Extension">The extension; may be empty.</param>
/// <param name="FromUtc">From, UTC.</param>
/// <param name="UntilUtc">Until, UTC; null while open.</param>
/// <param name="ByUserId">Who; null for the API.</param>
/// <param name="ByName">Their name; empty for the API.</param>
/// <param name="Reason">Why.</param>
/// <param name="Honoured">The PBX paused its recording.</param>
public sealed record PauseView(
    Guid Id, string Extension, DateTime FromUtc, DateTime? UntilUtc, Guid? ByUserId, string ByName, string Reason, bool Honoured)
{
    /// <inheritdoc cref="RecordingPause.EndsAtUtc"/>
    public DateTime EndsAtUtc => UntilUtc ?? FromUtc + RecordingPause.Limit;

    /// <summary>As shown.</summary>
    public static PauseView Of(RecordingPause pause) =>
        new(pause.Id, pause.Extension, pause.FromUtc, pause.UntilUtc, pause.ByUserId, pause.ByName, pause.Reason, pause.Honoured);
}
