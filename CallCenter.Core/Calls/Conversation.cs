using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>A leg in which a person talked.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="From">When the talk began, UTC.</param>
/// <param name="Ring">Seconds the phone rang before; null where the row does not tell.</param>
/// <param name="Seconds">Talk, billed ringing and parking taken off.</param>
/// <param name="Answerer">Extension or number that talked on the called side.</param>
internal sealed record Conversation(CdrLeg Leg, DateTime From, int? Ring, int Seconds, string Answerer)
{
    /// <summary>The conversations of a call, by when they began.</summary>
    public static List<Conversation> Of(IReadOnlyList<CdrLeg> legs)
    {
        List<Conversation> found = [];
        foreach (var leg in legs)
        {
            if (CallRules.IsConversation(leg))
            {
                found.Add(Read(legs, leg));
            }
        }

        // The phone that takes a call out of parking has a row of its own; it counts where the call's own rows do not go on.
        foreach (var leg in legs)
        {
            if (IsOwnRetrieval(leg) && !found.Exists(c => Overlap(c.Leg, leg)))
            {
                found.Add(new Conversation(leg, leg.AnswerUtc ?? leg.StartUtc, null, leg.BillableSeconds, leg.SourceDevice));
            }
        }

        if (found.Count > 1)
        {
            // Stable: legs come in their own order.
            found = [.. found.OrderBy(c => c.From)];
        }

        return found;
    }

    /// <summary>Talk of several conversations; moments in which two of them talk count once.</summary>
    public static int Talk(IEnumerable<Conversation> byStart)
    {
        long talk = 0;
        var covered = DateTime.MinValue;
        foreach (var conversation in byStart)
        {
            var end = conversation.Leg.EndUtc;
            var overlap = (covered < end ? covered : end) - conversation.From;
            talk += Math.Max(0, conversation.Seconds - (overlap > CallRules.SameMoment ? (int)overlap.TotalSeconds : 0));
            covered = covered > end ? covered : end;
        }

        return (int)Math.Min(talk, int.MaxValue);
    }

    private static Conversation Read(IReadOnlyList<CdrLeg> legs, CdrLeg leg)
    {
        var answer = leg.AnswerUtc ?? leg.StartUtc;
        var retrieval = Retrieval(legs, leg);
        var answerer = AnswererOf(leg, retrieval);
        if (retrieval is not null && retrieval.StartUtc > answer + CallRules.SameMoment)
        {
            // Billed from the moment of parking: until somebody took it, nobody talked.
            var parked = (int)(retrieval.StartUtc - answer).TotalSeconds;
            return new Conversation(leg, retrieval.StartUtc, 0, Math.Max(0, leg.BillableSeconds - parked), answerer);
        }

        if (!CallRules.BillsRinging(leg) || (answer - leg.StartUtc).Duration() > CallRules.SameMoment)
        {
            return new Conversation(leg, answer, (int)Math.Max(0, (answer - leg.StartUtc).TotalSeconds), leg.BillableSeconds, answerer);
        }

        var ring = RingBilled(legs, leg);
        return new Conversation(leg, answer.AddSeconds(ring ?? 0), ring, leg.BillableSeconds - (ring ?? 0), answerer);
    }

    /// <summary>
    /// Seconds of ringing inside a leg's billed time: the phones that rang along and lost tell how long it rang. Null where none did.
    /// </summary>
    private static int? RingBilled(IReadOnlyList<CdrLeg> legs, CdrLeg winner)
    {
        int? ring = null;
        foreach (var leg in legs)
        {
            if (leg.Disposition == LegDisposition.NoAnswer && leg.ReachedDevice && leg.Action == winner.Action
                && leg.ActionTarget == winner.ActionTarget && (leg.StartUtc - winner.StartUtc).Duration() <= CallRules.SameMoment)
            {
                ring = Math.Max(ring ?? 0, leg.DurationSeconds);
            }
        }

        return ring is { } longest ? Math.Min(longest, winner.BillableSeconds) : null;
    }

    private static string AnswererOf(CdrLeg leg, CdrLeg? retrieval)
    {
        if (retrieval is not null && !CallRules.IsExtensionDevice(leg.AnsweredBy) && !CallRules.IsExtensionDevice(leg.DestinationDevice))
        {
            return retrieval.SourceDevice;
        }

        if (CallRules.IsRetrieval(leg) && CallRules.IsExtensionDevice(leg.SourceDevice))
        {
            return leg.SourceDevice;
        }

        // Some rows name the group where the person should be.
        var named = leg.AnsweredBy.Length > 0 && (leg.AnsweredBy != leg.ActionTarget || leg.DestinationDevice.Length == 0);
        return named ? leg.AnsweredBy
            : leg.DestinationDevice.Length > 0 && !CallRules.IsTrunkDevice(leg.DestinationDevice) ? leg.DestinationDevice
            : leg.Destination.Length > 0 ? leg.Destination : leg.DestinationDevice;
    }

    private static CdrLeg? Retrieval(IReadOnlyList<CdrLeg> legs, CdrLeg leg) => leg.Action != LegAction.Parked
        ? null
        : legs.FirstOrDefault(l => IsOwnRetrieval(l) && Overlap(leg, l));

    private static bool IsOwnRetrieval(CdrLeg leg) =>
        CallRules.IsRetrieval(leg) && leg is { Disposition: LegDisposition.Answered, ReachedDevice: false } && CallRules.IsExtensionDevice(leg.SourceDevice);

    private static bool Overlap(CdrLeg leg, CdrLeg retrieval) =>
        leg.StartUtc <= retrieval.StartUtc + CallRules.SameMoment
        && (leg.EndUtc > retrieval.StartUtc || (leg.StartUtc - retrieval.StartUtc).Duration() <= CallRules.SameMoment);
}
