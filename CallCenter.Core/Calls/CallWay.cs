using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>A call's way through the PBX: its stages, and who handed it on at which.</summary>
internal sealed class CallWay
{
    private readonly IReadOnlyList<Conversation> _talks;
    private readonly CallDirection _direction;
    private readonly List<CallStage> _stages = [];

    private CallWay(IReadOnlyList<Conversation> talks, CallDirection direction)
    {
        _talks = talks;
        _direction = direction;
    }

    /// <summary>In the order in which the call passed them.</summary>
    public IReadOnlyList<CallStage> Stages => _stages;

    public int Transfers => _stages.Count(stage => stage.IsTransfer);

    public static CallWay Of(IReadOnlyList<CdrLeg> legs, IReadOnlyList<Conversation> talks, CallDirection direction)
    {
        var way = new CallWay(talks, direction);
        foreach (var leg in legs)
        {
            way.Add(leg);
        }

        return way;
    }

    public IReadOnlyList<CallStep> Steps()
    {
        List<CallStep> steps = [];
        foreach (var stage in _stages)
        {
            stage.AddTo(steps, _talks);
        }

        return steps;
    }

    private void Add(CdrLeg leg)
    {
        // The row in front of a group's says which number was dialled, which is no stage of its own.
        if (CallRules.IsHeader(leg) && leg.Action is not (LegAction.RingGroup or LegAction.Queue))
        {
            return;
        }

        // A phone that takes the call out of parking writes a row beside the call's.
        var (kind, number) = Place(leg);
        var last = _stages.Count > 0 ? _stages[^1] : null;
        if (last is not null && last.Kind == kind && last.Number == number && last.Takes(leg))
        {
            last.Legs.Add(leg);
            return;
        }

        var by = kind is CallStepKind.Parked or CallStepKind.Ivr ? null : HandedOverBy(leg);
        _stages.Add(new CallStage(kind, number, leg)
        {
            IsTransfer = (leg.Action == LegAction.Transfer && !CallRules.IsRetrieval(leg)) || by is not null,
            TransferredBy = by is { } talk ? Side(talk) : "",
        });
    }

    /// <summary>Which kind of stage a leg is part of, and its number; null for a phone that was simply dialled.</summary>
    private (CallStepKind? Kind, string Number) Place(CdrLeg leg) => leg.Action switch
    {
        _ when CallRules.IsRetrieval(leg) => (CallStepKind.Parked, leg.Destination),
        LegAction.Ivr => (CallStepKind.Ivr, leg.ActionTarget.Length > 0 ? leg.ActionTarget : leg.Destination),
        LegAction.Queue => (CallStepKind.Queue, CallRules.GroupOf(leg)),
        LegAction.RingGroup => (CallStepKind.RingGroup, CallRules.GroupOf(leg)),
        LegAction.Parked => (CallStepKind.Parked, leg.Destination),
        LegAction.Voicemail => (CallStepKind.Voicemail, Mailbox(leg)),
        LegAction.FollowMe => (CallStepKind.Forward, leg.Destination),
        LegAction.Transfer => (null, ""),

        // A call that came from outside, or from within to somebody within, leaves again.
        _ when CallRules.DestinationTrunk(leg).Length > 0
            && (_direction == CallDirection.Inbound || (_direction == CallDirection.Internal && _stages.Count > 0)) => (CallStepKind.Forward, leg.Destination),
        _ => (null, ""),
    };

    /// <summary>The conversation at whose end this leg began, or which the PBX's word says it was transferred out of.</summary>
    private Conversation? HandedOverBy(CdrLeg leg)
    {
        Conversation? found = null;
        foreach (var talk in _talks)
        {
            if (ReferenceEquals(talk.Leg, leg) || talk.From > leg.StartUtc)
            {
                continue;
            }

            var sinceEnd = leg.StartUtc - talk.Leg.EndUtc;
            if (leg.Action == LegAction.Transfer || (sinceEnd >= -CallRules.SameMoment && sinceEnd <= CallRules.HandOver))
            {
                found = talk;
            }
        }

        return found;
    }

    /// <summary>Our own side of a conversation: who answered, or else who called.</summary>
    private static string Side(Conversation talk) =>
        CallRules.DestinationTrunk(talk.Leg).Length == 0 && CallRules.IsExtensionDevice(talk.Answerer) ? talk.Answerer
        : CallRules.SourceTrunk(talk.Leg).Length == 0 && CallRules.IsExtensionDevice(talk.Leg.SourceDevice) ? talk.Leg.SourceDevice : "";

    private static string Mailbox(CdrLeg leg) =>
        leg.AnsweredBy.Length > 0 ? leg.AnsweredBy : leg.Destination.Length > 0 ? leg.Destination : leg.ActionTarget;
}
