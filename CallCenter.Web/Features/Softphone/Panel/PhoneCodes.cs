using System.Text.Json.Serialization;
using CallCenter.Core.Softphone;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>Of the line to the PBX; <see cref="Standby"/> is of a tab that is not the phone and has not heard of it.</summary>
[JsonConverter(typeof(PhoneEnumConverter<LineState>))]
public enum LineState
{
    Standby,
    Idle,
    Connecting,
    Registering,
    Registered,
    Reconnecting,
    AuthFailed,
}

/// <summary>Of a call's audio.</summary>
[JsonConverter(typeof(PhoneEnumConverter<MediaState>))]
public enum MediaState
{
    New,
    Checking,
    Connected,
    Disconnected,
    Silent,
    Failed,
}

/// <summary>What moves a call elsewhere.</summary>
[JsonConverter(typeof(PhoneEnumConverter<TransferKind>))]
public enum TransferKind
{
    Blind,
    Attended,
    Park,
    Conference,
}

/// <summary>How far it is.</summary>
[JsonConverter(typeof(PhoneEnumConverter<TransferState>))]
public enum TransferState
{
    Requested,
    Trying,
    Ringing,
    Done,
    Failed,
}

/// <summary>What the browser's user allowed.</summary>
[JsonConverter(typeof(PhoneEnumConverter<Permission>))]
public enum Permission
{
    Granted,
    Denied,
    Prompt,
    Unknown,
}

/// <summary>Why a call is over.</summary>
[JsonConverter(typeof(PhoneEnumConverter<EndCause>))]
public enum EndCause
{
    HangUp,
    Cancelled,
    AnsweredElsewhere,
    Busy,
    Rejected,
    NoAnswer,
    NotFound,
    Unavailable,
    Incompatible,
    Credentials,
    ServerError,
    Failed,
    SignallingLost,
    MediaLost,
    Timeout,
    Gone,
    MicrophoneDenied,
    MicrophoneMissing,
    NoNetwork,
    Transferred,
    Dnd,
    TooManyCalls,
}

/// <summary>What a command may answer, and what the line says of itself.</summary>
public static class PhoneCodes
{
    /// <summary>Every error of <c>contract.ts</c>; each has a text and an advice.</summary>
    public static readonly IReadOnlyList<string> Errors =
    [
        "phone.stopped", "phone.noLeader", "phone.leaderBusy", "phone.timeout", "phone.unknownCommand", "phone.internal",
        "line.down", "line.credentials", "line.session",
        "call.unknown", "call.wrongState", "call.tooMany", "call.badNumber", "call.badTones",
        "offer.refused", "offer.crossed", "offer.timeout", "offer.busy",
        "transfer.refused", "transfer.timeout", "transfer.notConfigured",
        "microphone.denied", "microphone.missing", "microphone.failed", "device.unknown",
    ];
}
