using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;

namespace CallCenter.Core.Figures;

/// <summary>The calls behind a count; <see cref="CallFilter.Set"/> lists exactly these.</summary>
public enum CallSet
{
    /// <summary>Asked to be answered by the company: from outside, or to a queue or ring group; not those the PBX refused.</summary>
    Offered = 1,

    /// <summary>Offered, and a person talked.</summary>
    Answered = 2,

    /// <summary>Offered, and the caller went or it rang out, with nothing else for it.</summary>
    Abandoned = 3,

    /// <summary>Offered, and ended elsewhere: voicemail, busy, could not be placed.</summary>
    FlowedOut = 4,

    /// <summary>Offered, answered and transferred on.</summary>
    Transferred = 5,

    /// <summary>Neither offered nor placed to the outside: from one extension to another, and what the PBX refused.</summary>
    Inside = 6,
}

/// <summary>The one place that says which call is in which set; docs/metrics.md explains.</summary>
public static class CallSets
{
    /// <summary>True for a call that asked to be answered.</summary>
    /// <param name="direction">Its direction.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="grouped">Whether it passed a queue or ring group.</param>
    public static bool IsOffered(CallDirection direction, CallOutcome outcome, bool grouped) =>
        outcome != CallOutcome.Blocked && IsOfferable(direction, grouped);

    /// <summary>True for calls that count as offered unless the PBX refused them.</summary>
    public static bool IsOfferable(CallDirection direction, bool grouped) =>
        direction is CallDirection.Inbound or CallDirection.External || (grouped && direction == CallDirection.Internal);

    /// <summary>True when nobody answered and the caller was left with nothing. The PBX does not tell giving up from ringing out.</summary>
    public static bool IsLost(CallOutcome outcome) => outcome is CallOutcome.Abandoned or CallOutcome.NoAnswer;

    /// <summary>True when an offered call ended elsewhere.</summary>
    public static bool IsFlowOut(CallOutcome outcome) => outcome is CallOutcome.Voicemail or CallOutcome.Busy or CallOutcome.Failed;
}
