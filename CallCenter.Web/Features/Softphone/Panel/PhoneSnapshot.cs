using CallCenter.Core.Softphone;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>The whole state of the phone as a page tells it. This file and <see cref="PhoneCodes"/> mirror <c>contract.ts</c>; a test compares the names.</summary>
public sealed record PhoneSnapshot(
    string Epoch,
    long Rev,
    string Tab,
    bool Leader,
    bool Dnd,
    LineSnapshot Line,
    IReadOnlyList<CallSnapshot> Calls,
    DevicesSnapshot Devices,
    IReadOnlyList<EndedCall> Ended,
    EndedCall? LastEnd);

/// <summary>
/// The line to the PBX. <paramref name="RetryAt"/> is in Unix milliseconds by the browser's clock; <paramref name="Others"/> counts other
/// devices that the PBX rings for the extension.
/// </summary>
public sealed record LineSnapshot(LineState State, string? Cause, int? SipCode, double? RttMs, double? RetryAt, int Others = 0);

/// <summary>A call that is not over. Times are Unix milliseconds by the browser's clock.</summary>
public sealed record CallSnapshot(
    string Id,
    string? SipCallId,
    PhoneDirection Direction,
    PhoneCallState State,
    string Number,
    string? Name,
    IReadOnlyDictionary<string, string> Headers,
    bool LocalHold,
    bool RemoteHold,
    bool Muted,
    MediaState Media,
    bool OfferInFlight,
    bool Auto,
    TransferSnapshot? Transfer,
    QualitySnapshot Quality,
    double StartedAt,
    double? AnsweredAt,
    double? EndedAt,
    PhoneEndedBy? EndedBy,
    int? SipCode,
    EndCause? Cause);

/// <summary>How a transfer stands.</summary>
public sealed record TransferSnapshot(TransferKind Kind, string Target, TransferState State, int? SipCode, string? Error);

/// <summary>Audio just now; null while held or before the first figures.</summary>
public sealed record QualitySnapshot(double? Mos, double? LossPct, double? JitterMs, double? RttMs);

/// <summary>Audio over a whole call.</summary>
public sealed record QualitySummary(double MosAvg, double MosMin, double LossPctAvg, double JitterMsAvg, double? RttMsAvg, int Samples);

/// <summary>A finished call.</summary>
public sealed record EndedCall(
    string Id,
    string? SipCallId,
    PhoneDirection Direction,
    string Number,
    string? Name,
    double StartedAt,
    double? AnsweredAt,
    double EndedAt,
    PhoneEndedBy EndedBy,
    int? SipCode,
    EndCause Cause,
    QualitySummary? Quality);

/// <summary>A microphone or loudspeaker.</summary>
public sealed record AudioDevice(string Id, string Label);

/// <summary>What this browser has for sound. Null choices are the system's default; the level is 0 to 1 while the microphone is tried.</summary>
public sealed record DevicesSnapshot(
    Permission Permission,
    Permission Notifications,
    bool Audible,
    IReadOnlyList<AudioDevice> Microphones,
    IReadOnlyList<AudioDevice> Speakers,
    string? Microphone,
    string? Speaker,
    string? Ringer,
    double? Level);

/// <summary>Answer to a command.</summary>
public sealed record CommandResult(bool Ok, string? CallId = null, string? Error = null, int? SipCode = null);
