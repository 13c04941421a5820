using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>The PBX's own extensions in a call, and what each did.</summary>
internal sealed class CallParties
{
    private readonly SortedDictionary<string, Party> _parties = new(StringComparer.Ordinal);

    public static IReadOnlyList<AssembledParticipant> Of(IReadOnlyList<CdrLeg> legs, List<Conversation> talks, CallWay way)
    {
        var parties = new CallParties();
        var groups = legs.Where(IsOfGroup).Select(CallRules.GroupOf).ToHashSet(StringComparer.Ordinal);
        foreach (var leg in legs)
        {
            parties.AddCaller(leg);
            parties.AddCalled(leg, groups);
        }

        foreach (var talk in talks)
        {
            parties.AddTalk(talk, way);
        }

        foreach (var stage in way.Stages)
        {
            if (stage is { IsTransfer: true, TransferredBy.Length: > 0 })
            {
                parties.Find(stage.TransferredBy).Part |= CallPart.Transferred;
            }
        }

        return [.. parties._parties.Select(entry => entry.Value.Read(entry.Key))];
    }

    /// <summary>The phone or outside number a leg rang.</summary>
    public static string CalledNumber(CdrLeg leg) =>
        leg.DestinationDevice.Length > 0 && !CallRules.IsTrunkDevice(leg.DestinationDevice) ? leg.DestinationDevice : leg.Destination;

    private static bool IsOfGroup(CdrLeg leg) => leg.Action is LegAction.Queue or LegAction.RingGroup or LegAction.Ivr;

    private void AddCaller(CdrLeg leg)
    {
        if (CallRules.SourceTrunk(leg).Length > 0 || !CallRules.IsExtensionDevice(leg.SourceDevice) || CallRules.IsRetrieval(leg))
        {
            return;
        }

        // Who is in the call already did not place it: after a transfer some rows name the one who sent it on.
        if (!_parties.ContainsKey(leg.SourceDevice))
        {
            Find(leg.SourceDevice).Part |= CallPart.Called;
        }
    }

    private void AddCalled(CdrLeg leg, HashSet<string> groups)
    {
        if (CallRules.IsHeader(leg) || CallRules.DestinationTrunk(leg).Length > 0 || CallRules.IsRetrieval(leg))
        {
            return;
        }

        if (leg.Action == LegAction.Voicemail)
        {
            var mailbox = leg.AnsweredBy.Length > 0 ? leg.AnsweredBy : leg.DestinationDevice.Length > 0 ? leg.DestinationDevice : leg.Destination;
            if (CallRules.IsExtensionDevice(mailbox) && !groups.Contains(mailbox) && leg.Disposition != LegDisposition.Failed)
            {
                Find(mailbox).Part |= CallPart.Voicemail;
            }

            return;
        }

        var extension = CalledExtension(leg, groups);
        if (extension.Length == 0 || leg.Disposition == LegDisposition.Failed)
        {
            return;
        }

        var party = Find(extension);
        if (leg.Action == LegAction.Queue && party.Queue.Length == 0)
        {
            party.Queue = CallRules.GroupOf(leg);
        }

        if (!leg.ReachedDevice || leg.Disposition == LegDisposition.Busy)
        {
            party.Part |= CallPart.Missed;
        }
        else if (leg.Action != LegAction.Parked)
        {
            party.Part |= CallPart.Rang;
            party.Offers++;
            party.Ring += leg.Disposition == LegDisposition.NoAnswer ? leg.DurationSeconds : 0;
        }
    }

    private void AddTalk(Conversation talk, CallWay way)
    {
        var leg = talk.Leg;
        var stage = way.Stages.LastOrDefault(s => s.Legs.Exists(l => ReferenceEquals(l, leg)));
        if (CallRules.DestinationTrunk(leg).Length == 0 && CallRules.IsExtensionDevice(talk.Answerer))
        {
            var party = Find(talk.Answerer);
            party.Part |= CallPart.Answered;
            party.Ring += talk.Ring ?? 0;
            party.Talks.Add(Until(talk, HandedOverAt(talk, talk.Answerer, way)));
            if (leg.Action == LegAction.Queue && party.Queue.Length == 0)
            {
                party.Queue = CallRules.GroupOf(leg);
            }
        }

        // Who sent the call on is not in what follows.
        var caller = leg.SourceDevice;
        if (CallRules.SourceTrunk(leg).Length == 0 && CallRules.IsExtensionDevice(caller) && caller != talk.Answerer
            && !way.Stages.TakeWhile(s => s != stage).Append(stage).Any(s => s?.TransferredBy == caller && s.StartUtc <= talk.From))
        {
            Find(caller).Talks.Add(Until(talk, HandedOverAt(talk, caller, way)));
        }
    }

    /// <summary>When an extension sent on the call in which it talked, although the row goes on; null where it did not.</summary>
    private static DateTime? HandedOverAt(Conversation talk, string extension, CallWay way)
    {
        foreach (var stage in way.Stages)
        {
            if (stage.IsTransfer && stage.TransferredBy == extension && stage.StartUtc > talk.From && stage.StartUtc < talk.Leg.EndUtc)
            {
                return stage.StartUtc;
            }
        }

        return null;
    }

    private static Conversation Until(Conversation talk, DateTime? end) => end is { } at && talk.Leg.EndUtc - at > CallRules.SameMoment
        ? talk with
        {
            Leg = talk.Leg with { EndUtc = at },
            Seconds = Math.Clamp((int)(at - talk.From).TotalSeconds, 0, talk.Seconds),
        }
        : talk;

    private static string CalledExtension(CdrLeg leg, HashSet<string> groups)
    {
        if (CallRules.IsExtensionDevice(leg.DestinationDevice))
        {
            return leg.DestinationDevice;
        }

        // No device is named: the number will do where it looks like one of ours, and something was dialled at all.
        return leg.DestinationDevice.Length == 0 && leg.Action is LegAction.Dial or LegAction.Transfer or LegAction.RingGroup
            && CallRules.IsApplication(leg, "Dial") && CallRules.IsExtensionNumber(leg.Destination) && !groups.Contains(leg.Destination)
            ? leg.Destination
            : "";
    }

    private Party Find(string extension)
    {
        if (!_parties.TryGetValue(extension, out var party))
        {
            _parties[extension] = party = new Party();
        }

        return party;
    }

    private sealed class Party
    {
        public CallPart Part { get; set; }

        public string Queue { get; set; } = "";

        public int Offers { get; set; }

        public int Ring { get; set; }

        public List<Conversation> Talks { get; } = [];

        public AssembledParticipant Read(string extension) =>
            new(extension, Part, Queue, Offers, Ring, Conversation.Talk(Talks.OrderBy(t => t.From)));
    }
}
