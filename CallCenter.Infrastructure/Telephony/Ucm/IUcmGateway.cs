using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Reads a file to its end.</summary>
internal delegate Task UcmTake(Stream audio, CancellationToken cancellationToken);

/// <summary>Talks to UCMs: one session per PBX, one request at a time in it.</summary>
internal interface IUcmGateway
{
    /// <summary>
    /// Runs one action, logging in first when needed. Repeats it once after a new login when the UCM says that the session
    /// is gone, which is safe for writes too because the UCM did not execute the first one. Nothing else is repeated. A write
    /// that was sent is waited for even when the caller gives up.
    /// </summary>
    Task<Result<UcmReply>> ExecuteAsync(
        PbxEndpoint pbx, string action, IReadOnlyDictionary<string, string>? parameters = null, CancellationToken cancellationToken = default);

    /// <summary>As <see cref="ExecuteAsync"/>, with everything known about a failure.</summary>
    Task<UcmOutcome> TryAsync(
        PbxEndpoint pbx, string action, IReadOnlyDictionary<string, string>? parameters = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs an action whose answer is a file and hands its bytes on while they arrive. <paramref name="take"/> is called only when the
    /// answer begins like audio; every other answer is a failure. What it throws comes through. Keeps the session meanwhile.
    /// </summary>
    Task<UcmOutcome> DownloadAsync(
        PbxEndpoint pbx, string action, IReadOnlyDictionary<string, string> parameters, UcmTake take, CancellationToken cancellationToken = default);

    /// <summary>A conversation of its own, step by step, for the doctor. Logging in here ignores the cool-down and teaches it.</summary>
    UcmConversation Open(PbxEndpoint pbx);
}
