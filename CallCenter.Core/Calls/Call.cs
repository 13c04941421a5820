using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>A finished call, put together from its legs. Rebuilt whenever a leg arrives late; never edited by hand.</summary>
public sealed class Call : ITenantOwned
{
    /// <summary>Longest phone number or extension kept, in characters.</summary>
    public const int NumberMaxLength = 64;

    /// <summary>Longest PBX id kept, in characters.</summary>
    public const int PbxIdMaxLength = 64;

    /// <summary>Longest call key, in characters: a PBX id, and a time where that may come again.</summary>
    public const int CallKeyMaxLength = PbxIdMaxLength + 16;

    /// <summary>Longest path kept, in characters; what is longer is cut at a step.</summary>
    public const int PathMaxLength = 400;

    /// <summary>Longest name kept, in characters.</summary>
    public const int NameMaxLength = 120;

    /// <summary>Mark of <see cref="OutsideE164"/> in rows stored before it was kept.</summary>
    public const long NotRead = -1;

    /// <summary>Time-ordered key; stays when the call is rebuilt.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; init; }

    /// <summary>The PBX connection it came from.</summary>
    public required Guid PbxId { get; init; }

    /// <summary>Unique id of the call's first leg, with its start where such ids come again. Unique within one PBX.</summary>
    public required string CallKey { get; set; }

    /// <summary>Start of the first leg, UTC.</summary>
    public required DateTime StartedAtUtc { get; set; }

    /// <summary>End of the last leg, UTC.</summary>
    public required DateTime EndedAtUtc { get; set; }

    /// <summary>When a person answered, UTC; null when none did. Behind groups and queues an estimate, see <see cref="TalkSeconds"/>.</summary>
    public DateTime? AnsweredAtUtc { get; set; }

    /// <summary>Direction of the whole call.</summary>
    public required CallDirection Direction { get; set; }

    /// <summary>How it ended.</summary>
    public required CallOutcome Outcome { get; set; }

    /// <summary>Caller's number as the PBX gives it.</summary>
    public required string FromNumber { get; set; }

    /// <summary>Caller's name; empty when unknown.</summary>
    public required string FromName { get; set; }

    /// <summary>Number first dialled: the DID of an inbound call, the outside number of an outbound one.</summary>
    public required string ToNumber { get; set; }

    /// <summary>Extension or number that answered as a person; empty when none did.</summary>
    public required string AnsweredBy { get; set; }

    /// <summary>Queue or ring group the call passed first; empty when none.</summary>
    public required string Via { get; set; }

    /// <summary>Queue the call waited in first; empty when none.</summary>
    public string Queue { get; set; } = "";

    /// <summary>Menu the call passed first; empty when none.</summary>
    public string Ivr { get; set; } = "";

    /// <summary>Its way through the PBX, in the form of <see cref="CallPath"/>.</summary>
    public string Path { get; set; } = "";

    /// <summary>Trunk in or out; empty for internal calls.</summary>
    public required string Trunk { get; set; }

    /// <summary>First start to last end, seconds.</summary>
    public required int DurationSeconds { get; set; }

    /// <summary>Start to answer, or to the end when nobody answered, seconds.</summary>
    public required int WaitSeconds { get; set; }

    /// <summary>Seconds in which people talked; behind groups and queues the billed time less the longest ring of the losing legs.</summary>
    public required int TalkSeconds { get; set; }

    /// <summary>Seconds a person's phone rang before the first answer or the end; null where the PBX does not tell.</summary>
    public int? RingSeconds { get; set; }

    /// <summary>Seconds on hold, parking included; null where the PBX does not tell.</summary>
    public int? HoldSeconds { get; set; }

    /// <summary>Who hung up, where known.</summary>
    public CallEnd HungUpBy { get; set; }

    /// <summary>How often it was transferred.</summary>
    public int TransferCount { get; set; }

    /// <summary><see cref="CallAssembler.RulesVersion"/> of when it was put together; 0 in rows of before it was kept.</summary>
    public int RulesVersion { get; set; }

    /// <summary>Legs that were put together.</summary>
    public required int LegCount { get; set; }

    /// <summary>Whether any leg names a recording file.</summary>
    public required bool HasRecording { get; set; }

    /// <inheritdoc cref="AssembledCall.FailureReason"/>
    public string FailureReason { get; set; } = "";

    /// <summary><see cref="NumberTail"/> of <see cref="FromNumber"/>, for the number search.</summary>
    public required long FromTail { get; set; }

    /// <summary><see cref="NumberTail"/> of <see cref="ToNumber"/>.</summary>
    public required long ToTail { get; set; }

    /// <summary><see cref="NumberTail"/> of <see cref="AnsweredBy"/>; 0 where that is <see cref="ToTail"/> again, by which the call is found then.</summary>
    public required long AnsweredByTail { get; set; }

    /// <summary>
    /// Digits of E.164 of the outside party as one integer: the caller's of an inbound call, the dialled number of an outbound
    /// one. 0 when there is none, <see cref="NotRead"/> in rows of before that the job has not reached yet.
    /// </summary>
    public required long OutsideE164 { get; set; }

    /// <summary>The client whose number <see cref="OutsideE164"/> is; null for none and for several.</summary>
    public Guid? ClientId { get; set; }

    /// <summary>How many clients have the number; more than one is ambiguous and shown as such.</summary>
    public int ClientCount { get; set; }
}
