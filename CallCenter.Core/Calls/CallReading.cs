using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>Reads the ordered legs of one call. The rules and what was measured: docs/telephony.md.</summary>
internal static class CallReading
{
    // Phones of one group begin to ring in the same instant, which whole seconds may split.
    private static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(1);

    public static AssembledCall Read(string key, IReadOnlyList<CdrLeg> legs)
    {
        var first = legs[0];
        var start = first.StartUtc;
        var end = legs.Max(l => l.EndUtc > l.StartUtc ? l.EndUtc : l.StartUtc);
        var conversations = legs.Where(IsConversation)
            .Select(leg => (Leg: leg, RingBilled: RingBilled(legs, leg)))
            .ToList();
        var duration = Seconds(start, end);
        var (answeredLeg, answered) = conversations
            .Select(c => (c.Leg, At: (DateTime?)(c.Leg.AnswerUtc ?? c.Leg.StartUtc).AddSeconds(c.RingBilled)))
            .DefaultIfEmpty()
            .MinBy(c => c.At);
        answered = answered < start ? start : answered > end ? end : answered;
        var outcome = OutcomeOf(legs, answeredLeg is not null);
        var direction = DirectionOf(first);
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
            AnsweredBy = answeredLeg is null ? "" : FirstOf(answeredLeg.AnsweredBy, answeredLeg.DestinationDevice, answeredLeg.Destination),
            Via = legs.Where(l => l.Action is LegAction.Queue or LegAction.RingGroup)
                .Select(GroupOf).FirstOrDefault(group => group.Length > 0) ?? "",
            Trunk = TrunkOf(legs, direction),
            DurationSeconds = duration,
            WaitSeconds = Seconds(start, answered ?? end),
            TalkSeconds = Math.Min(duration, TalkSeconds(conversations)),
            FailureReason = outcome == CallOutcome.Failed ? FailureReason(legs) : "",
            TransferCount = legs.Count(l => l.Action == LegAction.Transfer && !IsHeader(l)),
            RetrievedCount = Math.Max(
                legs.Count(l => IsApplication(l, "ParkedCall")),
                legs.Count(l => l.Action == LegAction.Parked && IsConversation(l))),
            HasRecording = legs.Any(l => l.RecordingFiles.Count > 0),
            Legs = legs,
        };
    }

    /// <summary>
    /// A person answered: not voicemail, and a device was reached. A menu's own leg is no conversation, unless the menu
    /// dialled somebody in it.
    /// </summary>
    private static bool IsConversation(CdrLeg leg) =>
        leg.Disposition == LegDisposition.Answered && leg.Action != LegAction.Voicemail && leg.ReachedDevice && !IsHeader(leg)
        && (leg.Action != LegAction.Ivr || IsApplication(leg, "Dial") || IsApplication(leg, "Queue"));

    /// <summary>Book-keeping rows in front of a ring group's members: nothing rings in them.</summary>
    private static bool IsHeader(CdrLeg leg) => !leg.ReachedDevice && leg.Action != LegAction.Ivr && IsApplication(leg, "ForkCDR");

    /// <summary>
    /// Seconds of ringing inside a leg's billed time. Behind a group, queue or menu the caller's channel was up already, so the
    /// leg counts as answered from its start; the phones that rang along and lost tell how long it rang.
    /// </summary>
    private static int RingBilled(IReadOnlyList<CdrLeg> legs, CdrLeg winner)
    {
        if (winner.Action is not (LegAction.Queue or LegAction.RingGroup or LegAction.Ivr)
            || (winner.AnswerUtc is { } answer && (answer - winner.StartUtc).Duration() > SameMoment))
        {
            return 0;
        }

        var ring = 0;
        foreach (var leg in legs)
        {
            if (leg.Disposition == LegDisposition.NoAnswer && leg.ReachedDevice && leg.Action == winner.Action
                && leg.ActionTarget == winner.ActionTarget && (leg.StartUtc - winner.StartUtc).Duration() <= SameMoment)
            {
                ring = Math.Max(ring, leg.DurationSeconds);
            }
        }

        return Math.Min(ring, winner.BillableSeconds);
    }

    /// <summary>Billed time without ringing; moments in which several legs talk count once.</summary>
    private static int TalkSeconds(List<(CdrLeg Leg, int RingBilled)> conversations)
    {
        long talk = 0;
        var covered = DateTime.MinValue;
        foreach (var (leg, ring) in conversations.OrderBy(c => (c.Leg.AnswerUtc ?? c.Leg.StartUtc).AddSeconds(c.RingBilled)))
        {
            var from = (leg.AnswerUtc ?? leg.StartUtc).AddSeconds(ring);
            var overlap = (covered < leg.EndUtc ? covered : leg.EndUtc) - from;
            talk += Math.Max(0, leg.BillableSeconds - ring - (overlap > SameMoment ? (int)overlap.TotalSeconds : 0));
            covered = covered > leg.EndUtc ? covered : leg.EndUtc;
        }

        return (int)Math.Min(talk, int.MaxValue);
    }

    private static CallOutcome OutcomeOf(IReadOnlyList<CdrLeg> legs, bool talked)
    {
        if (talked)
        {
            return CallOutcome.Answered;
        }

        if (legs.Any(l => l.Action == LegAction.Voicemail && l.Disposition != LegDisposition.Failed))
        {
            return CallOutcome.Voicemail;
        }

        var stages = legs.Where(l => !IsHeader(l)).ToList();
        stages = stages.Count > 0 ? stages : [.. legs];
        var last = stages.Max(l => l.StartUtc);
        if (stages.Any(l => l.StartUtc == last && l.Action is LegAction.Queue or LegAction.Ivr))
        {
            return CallOutcome.Abandoned;
        }

        if (stages.Any(l => l.Disposition == LegDisposition.NoAnswer && l.ReachedDevice))
        {
            return CallOutcome.NoAnswer;
        }

        if (stages.Any(l => l.Disposition == LegDisposition.Busy))
        {
            return CallOutcome.Busy;
        }

        if (stages.Any(l => l.Disposition == LegDisposition.Failed))
        {
            return CallOutcome.Failed;
        }

        // What is left rang nowhere, or only the PBX itself answered: an outside caller heard an announcement and went.
        return stages.Any(l => l.Disposition == LegDisposition.NoAnswer) || DirectionOf(legs[0]) != CallDirection.Inbound
            ? CallOutcome.NoAnswer
            : CallOutcome.Abandoned;
    }

    // Measured: Inbound always names a source trunk, Outbound a destination trunk, Internal neither. Where the word and the
    // trunks disagree, the trunks are right.
    private static CallDirection DirectionOf(CdrLeg leg)
    {
        var (from, to) = (SourceTrunk(leg).Length > 0, DestinationTrunk(leg).Length > 0);
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

    private static string TrunkOf(IReadOnlyList<CdrLeg> legs, CallDirection direction) => direction switch
    {
        CallDirection.Internal => "",
        CallDirection.Outbound => legs.Select(l => FirstOf(DestinationTrunk(l), SourceTrunk(l))).FirstOrDefault(t => t.Length > 0) ?? "",
        _ => legs.Select(l => FirstOf(SourceTrunk(l), DestinationTrunk(l))).FirstOrDefault(t => t.Length > 0) ?? "",
    };

    private static string SourceTrunk(CdrLeg leg) => FirstOf(leg.SourceTrunk, IsTrunk(leg.SourceDevice) ? leg.SourceDevice : "");

    private static string DestinationTrunk(CdrLeg leg) =>
        FirstOf(leg.DestinationTrunk, IsTrunk(leg.DestinationDevice) ? leg.DestinationDevice : "");

    private static bool IsTrunk(string device) => device.StartsWith("trunk_", StringComparison.OrdinalIgnoreCase);

    /// <summary>A header row's number, which is the DID; the group or queue where members are rung at once; else what the first leg dialled.</summary>
    private static string DialledNumber(IReadOnlyList<CdrLeg> legs)
    {
        var first = legs[0];
        var header = legs.FirstOrDefault(l => IsHeader(l) && l.Action == LegAction.Dial && l.StartUtc - first.StartUtc <= SameMoment);
        return header is { Destination.Length: > 0 } ? header.Destination
            : first.Action is LegAction.Queue or LegAction.RingGroup ? GroupOf(first)
            : first.Destination;
    }

    private static string GroupOf(CdrLeg leg) => FirstOf(leg.ActionTarget, leg.Destination);

    /// <summary>The prompt the PBX played: <c>ss-noservice</c> of <c>/var/prompts/ss-noservice,noanswer</c>. Dial's arguments name devices, no reason.</summary>
    private static string FailureReason(IReadOnlyList<CdrLeg> legs)
    {
        var data = legs.LastOrDefault(l => l.Disposition == LegDisposition.Failed && !IsApplication(l, "Dial"))?.LastData ?? "";
        var prompt = data.AsSpan();
        var end = prompt.IndexOfAny(',', '&');
        prompt = end < 0 ? prompt : prompt[..end];
        return prompt[(prompt.LastIndexOf('/') + 1)..].Trim().ToString();
    }

    private static bool IsApplication(CdrLeg leg, string name) => string.Equals(leg.LastApplication, name, StringComparison.OrdinalIgnoreCase);

    private static string FirstOf(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (text.Length > 0)
            {
                return text;
            }
        }

        return "";
    }

    private static int Seconds(DateTime from, DateTime to) => (int)Math.Clamp((to - from).TotalSeconds, 0, int.MaxValue);
}
