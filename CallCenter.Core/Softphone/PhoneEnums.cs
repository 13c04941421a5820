using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenter.Core.Softphone;

/// <summary>Enums of the phone in JSON: the names of <c>contract.ts</c>.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class PhoneEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;

/// <summary>Who called, seen from the phone.</summary>
[JsonConverter(typeof(PhoneEnumConverter<PhoneDirection>))]
public enum PhoneDirection
{
    /// <summary>The other side.</summary>
    In = 1,

    /// <summary>We.</summary>
    Out = 2,
}

/// <summary>Where a call of the page's phone stands; docs/softphone.md has the diagram.</summary>
[JsonConverter(typeof(PhoneEnumConverter<PhoneCallState>))]
public enum PhoneCallState
{
    /// <summary>Going out, nothing heard yet.</summary>
    Dialing = 1,

    /// <summary>Rings there.</summary>
    RingingOut = 2,

    /// <summary>An announcement plays before the answer.</summary>
    EarlyMedia = 3,

    /// <summary>Rings here.</summary>
    Ringing = 4,

    /// <summary>Answer was pressed.</summary>
    Answering = 5,

    /// <summary>Answered, without audio yet.</summary>
    Connecting = 6,

    /// <summary>People talk.</summary>
    Active = 7,

    /// <summary>Over.</summary>
    Ended = 8,

    /// <summary>Nobody has told of it for long: its tab is gone. Of the portal, not of the page.</summary>
    Lost = 9,
}

/// <summary>Who ended a call.</summary>
[JsonConverter(typeof(PhoneEnumConverter<PhoneEndedBy>))]
public enum PhoneEndedBy
{
    /// <summary>We.</summary>
    Local = 1,

    /// <summary>The other side.</summary>
    Remote = 2,

    /// <summary>The phone or the PBX.</summary>
    System = 3,
}

/// <summary>How keys are sent in a call.</summary>
[JsonConverter(typeof(PhoneEnumConverter<PhoneDtmf>))]
public enum PhoneDtmf
{
    /// <summary>As events in the audio, RFC 2833.</summary>
    Rfc2833 = 1,

    /// <summary>As SIP INFO.</summary>
    Info = 2,
}

/// <summary>Which incoming calls are answered by themselves.</summary>
[JsonConverter(typeof(PhoneEnumConverter<PhoneAutoAnswer>))]
public enum PhoneAutoAnswer
{
    /// <summary>None.</summary>
    Never = 1,

    /// <summary>Those that the portal announced.</summary>
    Announced = 2,

    /// <summary>Those whose headers ask for it too.</summary>
    Always = 3,
}

/// <summary>How the phone rings.</summary>
[JsonConverter(typeof(PhoneEnumConverter<PhoneRingtone>))]
public enum PhoneRingtone
{
    /// <summary>Two tones, as desk phones do.</summary>
    Classic = 1,

    /// <summary>A soft chime.</summary>
    Soft = 2,

    /// <summary>Only the picture and the title.</summary>
    Silent = 3,
}
