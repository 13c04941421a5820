namespace CallCenter.Core.Telephony;

/// <summary>Direction of a call as the PBX saw it.</summary>
public enum CallDirection
{
    /// <summary>Between extensions.</summary>
    Internal = 1,

    /// <summary>From a trunk.</summary>
    Inbound = 2,

    /// <summary>To a trunk.</summary>
    Outbound = 3,

    /// <summary>From a trunk to a trunk.</summary>
    External = 4,
}

/// <summary>How one leg ended.</summary>
public enum LegDisposition
{
    /// <summary>Someone or something answered; voicemail and announcements count.</summary>
    Answered = 1,

    /// <summary>Rang out or was given up.</summary>
    NoAnswer = 2,

    /// <summary>The called party was busy.</summary>
    Busy = 3,

    /// <summary>Could not be placed; congestion counts.</summary>
    Failed = 4,
}

/// <summary>What the PBX did in a leg. UCM: <c>action_type</c>.</summary>
public enum LegAction
{
    /// <summary>Something this portal does not know; see the leg's target for the vendor's word.</summary>
    Other = 0,

    /// <summary>Dialled a device or trunk.</summary>
    Dial = 1,

    /// <summary>Recorded or played voicemail.</summary>
    Voicemail = 2,

    /// <summary>Played a menu.</summary>
    Ivr = 3,

    /// <summary>Rang a group.</summary>
    RingGroup = 4,

    /// <summary>Queued.</summary>
    Queue = 5,

    /// <summary>Transferred.</summary>
    Transfer = 6,

    /// <summary>Parked or retrieved from parking.</summary>
    Parked = 7,

    /// <summary>Followed the user to another number.</summary>
    FollowMe = 8,
}

/// <summary>One call-detail row of a PBX, in neutral terms. Natural key within a PBX: account id, unique id, local start.</summary>
public sealed record CdrLeg
{
    /// <summary>Row counter of the PBX. UCM <c>AcctId</c>; may restart every month, so never a key by itself.</summary>
    public required string AccountId { get; init; }

    /// <summary>Id of the originating channel, <c>epoch.seq</c>. Shared by the legs of one call.</summary>
    public required string UniqueId { get; init; }

    /// <summary>UCM <c>session</c>; links legs whose unique ids differ, e.g. the phone that retrieves a parked call. Empty when absent.</summary>
    public required string Session { get; init; }

    /// <summary>Start as received, PBX wall clock without offset.</summary>
    public required DateTime StartLocal { get; init; }

    /// <summary>Start, UTC.</summary>
    public required DateTime StartUtc { get; init; }

    /// <summary>When the leg was answered, UTC; null when it was not, whatever the vendor's field holds.</summary>
    public DateTime? AnswerUtc { get; init; }

    /// <summary>End, UTC; start plus duration when the PBX gives none.</summary>
    public required DateTime EndUtc { get; init; }

    /// <summary>Start to end, seconds, 0 or more.</summary>
    public required int DurationSeconds { get; init; }

    /// <summary>Answer to end as billed by the PBX, seconds, 0 or more. Behind groups, menus and queues it includes ringing.</summary>
    public required int BillableSeconds { get; init; }

    /// <summary>How it ended.</summary>
    public required LegDisposition Disposition { get; init; }

    /// <summary>Direction. UCM <c>userfield</c>.</summary>
    public required CallDirection Direction { get; init; }

    /// <summary>What the PBX did.</summary>
    public required LegAction Action { get; init; }

    /// <summary>Number in the action's brackets, e.g. the queue of <c>QUEUE[6500]</c>; the vendor's word for other actions; else empty.</summary>
    public string ActionTarget { get; init; } = "";

    /// <summary>Caller's number. UCM <c>src</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>Dialled number. UCM <c>dst</c>.</summary>
    public string Destination { get; init; } = "";

    /// <summary>Caller's name, may be empty.</summary>
    public string CallerName { get; init; } = "";

    /// <summary>Number that answered; empty when none did. UCM <c>dstanswer</c>.</summary>
    public string AnsweredBy { get; init; } = "";

    /// <summary>Extension or trunk of the calling channel. UCM <c>channel_ext</c>.</summary>
    public string SourceDevice { get; init; } = "";

    /// <summary>Extension or trunk of the called channel; empty when none was reached. UCM <c>dstchannel_ext</c>.</summary>
    public string DestinationDevice { get; init; } = "";

    /// <summary>True when a called channel existed: the call reached a device. UCM: <c>dstchannel</c> not empty.</summary>
    public required bool ReachedDevice { get; init; }

    /// <summary>Last dial-plan application. UCM <c>lastapp</c>; header legs say ForkCDR.</summary>
    public string LastApplication { get; init; } = "";

    /// <summary>Its arguments; for failed legs the prompt that names the reason.</summary>
    public string LastData { get; init; } = "";

    /// <summary>Trunk the call came in by; empty when none.</summary>
    public string SourceTrunk { get; init; } = "";

    /// <summary>Trunk the call went out by; empty when none.</summary>
    public string DestinationTrunk { get; init; } = "";

    /// <summary>Recording files as the PBX names them, folder included; empty when none (yet).</summary>
    public IReadOnlyList<string> RecordingFiles { get; init; } = [];

    /// <summary>The vendor's row, for questions not thought of yet.</summary>
    public string Raw { get; init; } = "";
}
