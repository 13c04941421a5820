using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>Reads the ordered legs of one call. What it guesses with is in <see cref="CallRules"/>.</summary>
internal static class CallReading
{
    public static AssembledCall Read(string key, IReadOnlyList<CdrLeg> legs)
    {
        var first = legs[0];
        var start = first.StartUtc;
        var end = legs.Max(l => l.EndUtc > l.StartUtc ? l.EndUtc : l.StartUtc);
        var talks = Conversation.Of(legs);
        var answering = talks.Count > 0 ? talks[0] : null;
        var duration = Seconds(start, end);
        var answered = answering?.From;
        answered = answered < start ? start : answered > end ? end : answered;
        var direction = DirectionOf(first);
        var outcome = CallOutcomes.Of(legs, answering is not null, direction);
        var way = CallWay.Of(legs, talks, direction);
        return new AssembledCall
        {
            CallKey = key,
            StartedAtUtc = start,
            EndedAtUtc = end,
            AnsweredAtUtc = answered,
            Direction = direction,
            Outcome = outcome,
            FromNumber = first.Source,
            FromName = legs.FirstOrDefault(l => l.Source == first.Source && l.CallerName.Length > 0)?.CallerName ?? "",
            ToNumber = DialledNumber(legs),
            AnsweredBy = answering?.Answerer ?? "",
            Via = FirstNumber(legs, LegAction.Queue, LegAction.RingGroup),
            Queue = FirstNumber(legs, LegAction.Queue, LegAction.Queue),
            Ivr = legs.FirstOrDefault(l => l.Action == LegAction.Ivr) is { } menu ? (menu.ActionTarget.Length > 0 ? menu.ActionTarget : menu.Destination) : "",
            Path = way.Steps(),
            Trunk = TrunkOf(legs, direction),
            DurationSeconds = duration,
            WaitSeconds = Seconds(start, answered ?? end),
            TalkSeconds = Math.Min(duration, Conversation.Talk(talks)),
            RingSeconds = CallTimes.Ring(legs, answering, end),
            HoldSeconds = CallTimes.Hold(legs, talks),
            HungUpBy = CallOutcomes.EndOf(legs, outcome),
            FailureReason = CallOutcomes.ReasonOf(legs, outcome),
            TransferCount = way.Transfers,
            RetrievedCount = Math.Max(legs.Count(CallRules.IsRetrieval), legs.Count(l => l.Action == LegAction.Parked && CallRules.IsConversation(l))),
            HasRecording = legs.Any(l => l.RecordingFiles.Count > 0),
            Participants = CallParties.Of(legs, talks, way),
            Legs = legs,
        };
    }

    // Measured: Inbound always names a source trunk, Outbound a destination trunk, Internal neither. Where the word and the
    // trunks disagree, the trunks are right.
    private static CallDirection DirectionOf(CdrLeg leg)
    {
        var (from, to) = (CallRules.SourceTrunk(leg).Length > 0, CallRules.DestinationTrunk(leg).Length > 0);
        return (leg.Direction, from, to) switch
        {
            (CallDirection.Internal, true, true) => CallDirection.External,
            (CallDirection.Internal, true, false) => CallDirection.Inbound,
            (CallDirection.Internal, false, true) => CallDirection.Outbound,
            (CallDirection.Inbound, false, true) => CallDirection.Outbound,
            (CallDirection.Outbound, true, false) => CallDirection.Inbound,
            _ => leg.Direction,
        };
    }

    private static string TrunkOf(IReadOnlyList<CdrLeg> legs, CallDirection direction)
    {
        if (direction == CallDirection.Internal)
        {
            return "";
        }

        foreach (var leg in legs)
        {
            var (from, to) = (CallRules.SourceTrunk(leg), CallRules.DestinationTrunk(leg));
            var (wanted, other) = direction == CallDirection.Outbound ? (to, from) : (from, to);
            if (wanted.Length + other.Length > 0)
            {
                return wanted.Length > 0 ? wanted : other;
            }
        }

        return "";
    }

    /// <summary>A header row's number, which is the DID; the group or queue where members are rung at once; else what the first leg dialled.</summary>
    private static string DialledNumber(IReadOnlyList<CdrLeg> legs)
    {
        var first = legs[0];
        var header = legs.FirstOrDefault(l => CallRules.IsHeader(l) && l.Action == LegAction.Dial && l.StartUtc - first.StartUtc <= CallRules.SameMoment);
        return header is { Destination.Length: > 0 } ? header.Destination
            : first.Action is LegAction.Queue or LegAction.RingGroup ? CallRules.GroupOf(first)
            : first.Destination;
    }

    private static string FirstNumber(IReadOnlyList<CdrLeg> legs, LegAction one, LegAction other)
    {
        foreach (var leg in legs)
        {
            if ((leg.Action == one || leg.Action == other) && CallRules.GroupOf(leg) is { Length: > 0 } number)
            {
                return number;
            }
        }

        return "";
    }

    private static int Seconds(DateTime from, DateTime to) => (int)Math.Clamp((to - from).TotalSeconds, 0, int.MaxValue);
}
