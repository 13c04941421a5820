using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>How a call ended, and who ended it.</summary>
internal static class CallOutcomes
{
    public static CallOutcome Of(IReadOnlyList<CdrLeg> legs, bool talked, CallDirection direction)
    {
        if (talked)
        {
            return CallOutcome.Answered;
        }

        if (legs.Any(l => l.Action == LegAction.Voicemail && l.Disposition != LegDisposition.Failed))
        {
            return CallOutcome.Voicemail;
        }

        var stages = Stages(legs);
        var last = stages.Max(l => l.StartUtc);
        if (stages.Any(l => l.StartUtc == last && CallRules.IsRefusal(l)))
        {
            return CallOutcome.Blocked;
        }

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
        return stages.Any(l => l.Disposition == LegDisposition.NoAnswer) || direction != CallDirection.Inbound
            ? CallOutcome.NoAnswer
            : CallOutcome.Abandoned;
    }

    public static string ReasonOf(IReadOnlyList<CdrLeg> legs, CallOutcome outcome) => outcome switch
    {
        CallOutcome.Failed => Prompt(legs, l => l.Disposition == LegDisposition.Failed),
        CallOutcome.Blocked => Prompt(legs, CallRules.IsRefusal),
        _ => "",
    };

    /// <summary>
    /// Who hung up. Rows never say it outright: only that the PBX refused or could not place the call, or that it rang or waited
    /// for as long as the PBX allows.
    /// </summary>
    public static CallEnd EndOf(IReadOnlyList<CdrLeg> legs, CallOutcome outcome)
    {
        switch (outcome)
        {
            case CallOutcome.Failed or CallOutcome.Blocked:
                return CallEnd.Pbx;
            case CallOutcome.NoAnswer or CallOutcome.Abandoned:
                var stages = Stages(legs);
                var last = stages[^1];
                if (CallRules.TimeLimitOf(last) is not { } limit)
                {
                    return CallEnd.Unknown;
                }

                // A queue's limit counts from when the caller entered it, with all its rounds.
                var entered = CallRules.IsApplication(last, "Queue")
                    ? stages.Where(l => l.Action == last.Action && l.ActionTarget == last.ActionTarget).Min(l => l.StartUtc)
                    : last.StartUtc;
                var ended = stages.Max(l => l.EndUtc);
                return ended - entered >= TimeSpan.FromSeconds(limit) - CallRules.SameMoment ? CallEnd.Pbx : CallEnd.Unknown;
            default:
                return CallEnd.Unknown;
        }
    }

    private static string Prompt(IReadOnlyList<CdrLeg> legs, Func<CdrLeg, bool> of) =>
        legs.LastOrDefault(l => of(l) && CallRules.PromptOf(l).Length > 0) is { } leg ? CallRules.PromptOf(leg) : "";

    private static List<CdrLeg> Stages(IReadOnlyList<CdrLeg> legs)
    {
        List<CdrLeg> stages = [.. legs.Where(l => !CallRules.IsHeader(l))];
        return stages.Count > 0 ? stages : [.. legs];
    }
}
