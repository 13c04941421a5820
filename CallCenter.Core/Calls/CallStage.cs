using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>A part of a call's way: a menu, a queue with all its rounds, a dialled phone.</summary>
/// <param name="kind">Its step; null for a phone that was simply dialled.</param>
/// <param name="number">Of the menu, queue, group, slot, mailbox or outside number.</param>
/// <param name="first">Its first leg.</param>
internal sealed class CallStage(CallStepKind? kind, string number, CdrLeg first)
{
    public CallStepKind? Kind { get; } = kind;

    public string Number { get; } = number;

    public List<CdrLeg> Legs { get; } = [first];

    public DateTime StartUtc => Legs[0].StartUtc;

    /// <summary>Somebody who talked sent the call here.</summary>
    public bool IsTransfer { get; init; }

    /// <summary>The extension that did; empty when it was none or is not known.</summary>
    public string TransferredBy { get; init; } = "";

    /// <summary>Whether a leg of the same kind and number belongs here: a phone dialled later is a stage of its own.</summary>
    public bool Takes(CdrLeg leg) => Kind is not (null or CallStepKind.Forward)
        || (leg.StartUtc - StartUtc <= CallRules.SameMoment && (leg.Action == LegAction.Transfer) == (Legs[0].Action == LegAction.Transfer));

    /// <summary>Adds the stage's own step, the phones that rang or were busy (each once), and who answered.</summary>
    public void AddTo(List<CallStep> steps, IReadOnlyList<Conversation> talks)
    {
        var target = Number.Length > 0 ? Number : Legs[0].Destination;
        if (IsTransfer)
        {
            steps.Add(new CallStep(CallStepKind.Transfer, target));
        }

        if (Kind is { } own && !(IsTransfer && own == CallStepKind.Forward))
        {
            steps.Add(new CallStep(own, Number));
        }

        if (Kind == CallStepKind.Voicemail)
        {
            return;
        }

        // Of legs that began together the answer comes last.
        var begin = steps.Count;
        foreach (var leg in Legs)
        {
            if (Attempt(leg) is { } step && steps.IndexOf(step, begin) < 0)
            {
                steps.Add(step);
            }
        }

        foreach (var talk in talks)
        {
            if (Legs.Exists(leg => ReferenceEquals(leg, talk.Leg)))
            {
                steps.Add(new CallStep(CallStepKind.Answered, talk.Answerer));
            }
        }
    }

    // Failed legs and phones that could not be reached rang nowhere.
    private static CallStep? Attempt(CdrLeg leg) => leg.Disposition switch
    {
        _ when CallRules.IsHeader(leg) || CallRules.IsRetrieval(leg) => null,
        LegDisposition.NoAnswer when leg.ReachedDevice => new CallStep(CallStepKind.Rang, CallParties.CalledNumber(leg)),
        LegDisposition.Busy => new CallStep(CallStepKind.Busy, CallParties.CalledNumber(leg)),
        _ => null,
    };
}
