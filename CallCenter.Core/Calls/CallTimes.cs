using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>Ring and hold of a whole call.</summary>
internal static class CallTimes
{
    /// <summary>
    /// Seconds in which a phone rang before the first answer, moments in which several rang counted once. Null where the answer came
    /// behind a group or queue and no phone that rang along tells how long it rang.
    /// </summary>
    public static int? Ring(IReadOnlyList<CdrLeg> legs, Conversation? first, DateTime end)
    {
        if (first is { Ring: null })
        {
            return null;
        }

        var answered = first?.From ?? end;
        List<(DateTime From, DateTime To)> spans = [];
        foreach (var leg in legs)
        {
            if (leg.ReachedDevice && leg.Disposition == LegDisposition.NoAnswer && leg.Action != LegAction.Voicemail && !CallRules.IsHeader(leg))
            {
                spans.Add((leg.StartUtc, leg.StartUtc.AddSeconds(leg.DurationSeconds)));
            }
        }

        if (first is not null)
        {
            spans.Add((first.From.AddSeconds(-(first.Ring ?? 0)), first.From));
        }

        return Covered(spans, answered);
    }

    /// <summary>Seconds in parking: from the end of the talk before it until somebody took the call. Null where the call was not parked.</summary>
    public static int? Hold(IReadOnlyList<CdrLeg> legs, IReadOnlyList<Conversation> talks)
    {
        List<(DateTime From, DateTime To)> spans = [];
        foreach (var leg in legs)
        {
            if (leg.Action != LegAction.Parked || CallRules.IsRetrieval(leg))
            {
                continue;
            }

            var taken = talks.FirstOrDefault(t => ReferenceEquals(t.Leg, leg));
            var before = talks.LastOrDefault(t => !ReferenceEquals(t.Leg, leg) && t.From < leg.StartUtc)?.Leg.EndUtc;
            spans.Add(taken is null
                ? (leg.StartUtc, leg.StartUtc.AddSeconds(leg.DurationSeconds))
                : (before < leg.StartUtc ? before.Value : leg.StartUtc, taken.From));
        }

        foreach (var talk in talks)
        {
            // Nothing but the row of the phone that took it.
            if (CallRules.IsRetrieval(talk.Leg) && talks.LastOrDefault(t => t.From < talk.From) is { } before)
            {
                spans.Add((before.Leg.EndUtc, talk.From));
            }
        }

        return spans.Count == 0 ? null : Covered(spans, DateTime.MaxValue);
    }

    private static int Covered(List<(DateTime From, DateTime To)> spans, DateTime until)
    {
        var seconds = 0.0;
        var covered = DateTime.MinValue;
        foreach (var (from, to) in spans.OrderBy(s => s.From).ThenBy(s => s.To))
        {
            var begin = from > covered ? from : covered;
            var end = to < until ? to : until;
            if (end > begin)
            {
                seconds += (end - begin).TotalSeconds;
                covered = end;
            }
        }

        return (int)Math.Min(seconds, int.MaxValue);
    }
}
