using CallCenter.Core.Figures;
using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>Narrows the list. A null member does not narrow.</summary>
public sealed record CallFilter
{
    /// <summary>No narrowing.</summary>
    public static readonly CallFilter None = new();

    /// <summary>Days of the call's start, counted from today when they are read; <see cref="From"/> and <see cref="To"/> do not count then.</summary>
    public CallRange? Range { get; init; }

    /// <summary>First day of the call's start, in the tenant's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day of the call's start, included, in the tenant's zone.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The caller's, the dialled or the answering number as typed: whole, its last digits, or with plus or 00 its first ones.</summary>
    public string? Number { get; init; }

    /// <summary>How the call ended.</summary>
    public CallOutcome? Outcome { get; init; }

    /// <summary>Direction of the call.</summary>
    public CallDirection? Direction { get; init; }

    /// <summary>Words of a client's name, company or tags, in any spelling.</summary>
    public string? Client { get; init; }

    /// <summary>Calls with a number of this client, ambiguous ones included.</summary>
    public Guid? ClientId { get; init; }

    /// <summary>Words of the caller's name as the PBX gave it.</summary>
    public string? Name { get; init; }

    /// <summary>Calls in which this extension had a part, see <see cref="CallParticipant"/>.</summary>
    public string? Agent { get; init; }

    /// <summary>The part that <see cref="Agent"/> had, any of the flags.</summary>
    public CallPart? Part { get; init; }

    /// <summary>The part that <see cref="Agent"/> did not have, none of the flags.</summary>
    public CallPart? PartNot { get; init; }

    /// <summary>Queue number, see <see cref="Call.Queue"/>.</summary>
    public string? Queue { get; init; }

    /// <summary>Trunk.</summary>
    public string? Trunk { get; init; }

    /// <summary>Number first dialled, whole: the DID of inbound calls.</summary>
    public string? Dialled { get; init; }

    /// <summary>Country of the outside party, ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>Least talk time, seconds.</summary>
    public int? TalkFrom { get; init; }

    /// <summary>Greatest talk time, seconds, included.</summary>
    public int? TalkTo { get; init; }

    /// <summary>Least wait, seconds.</summary>
    public int? WaitFrom { get; init; }

    /// <summary>Greatest wait, seconds, included.</summary>
    public int? WaitTo { get; init; }

    /// <summary>With, or without, a recording.</summary>
    public bool? Recorded { get; init; }

    /// <summary>With, or without, a note.</summary>
    public bool? Noted { get; init; }

    /// <summary>A tag of the call.</summary>
    public string? Tag { get; init; }

    /// <summary>Key of the disposition that an agent gave the call.</summary>
    public Guid? Disposition { get; init; }

    /// <summary>Weekday of the start in the tenant's zone.</summary>
    public DayOfWeek? Weekday { get; init; }

    /// <summary>Hour of the start in the tenant's zone, 0 to 23.</summary>
    public int? Hour { get; init; }

    /// <summary>The calls behind a figure.</summary>
    public CallSet? Set { get; init; }

    /// <summary>Ring group the call passed first, where no queue came before it.</summary>
    public string? RingGroup { get; init; }
}
