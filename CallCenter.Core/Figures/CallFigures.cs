using CallCenter.Core.Groups;

namespace CallCenter.Core.Figures;

/// <summary>
/// Counts and sums over calls; seconds are whole and summed. Adding two gives those of both together; every percentage and average is
/// computed from the sums. <see cref="FigureMetrics"/> has the formulas, docs/metrics.md explains them.
/// </summary>
public sealed record CallFigures
{
    /// <summary>Of no call.</summary>
    public static readonly CallFigures None = new();

    /// <summary>All calls, outbound and internal ones too.</summary>
    public long Calls { get; init; }

    /// <summary>O, <see cref="CallSet.Offered"/>.</summary>
    public long Offered { get; init; }

    /// <summary>A, <see cref="CallSet.Answered"/>.</summary>
    public long Answered { get; init; }

    /// <summary>B, <see cref="CallSet.Abandoned"/>, short ones included.</summary>
    public long Abandoned { get; init; }

    /// <summary>Bs, the short ones among them, by the limit of their group.</summary>
    public long ShortAbandoned { get; init; }

    /// <summary>F, <see cref="CallSet.FlowedOut"/>. O = A + B + F.</summary>
    public long FlowedOut { get; init; }

    /// <summary>A_T, answered within the target of their group.</summary>
    public long AnsweredInTime { get; init; }

    /// <summary>B_T, abandoned within it, short ones included.</summary>
    public long AbandonedInTime { get; init; }

    /// <summary>F_T, flowed out within it.</summary>
    public long FlowedOutInTime { get; init; }

    /// <summary>The service level, each group's calls by the group's own rule.</summary>
    public Share ServiceLevel { get; init; }

    /// <summary>Wait of the answered.</summary>
    public long AnsweredWaitSeconds { get; init; }

    /// <summary>Wait of the abandoned.</summary>
    public long AbandonedWaitSeconds { get; init; }

    /// <summary>Talk time of the answered.</summary>
    public long TalkSeconds { get; init; }

    /// <summary>Hold of the answered, as far as the PBX tells.</summary>
    public long HoldSeconds { get; init; }

    /// <summary>Ringing of the offered, as far as the PBX tells.</summary>
    public long RingSeconds { get; init; }

    /// <summary>Wrap-up of the answered; null while nothing measures it.</summary>
    public long? WrapUpSeconds { get; init; }

    /// <summary>Time in which agents were ready and idle; null while nothing measures it.</summary>
    public long? IdleSeconds { get; init; }

    /// <summary><see cref="CallSet.Transferred"/>.</summary>
    public long Transferred { get; init; }

    /// <summary>Longest wait of an offered call, abandoned ones included; null where it was not asked for.</summary>
    public int? LongestWaitSeconds { get; init; }

    /// <summary>Outbound calls.</summary>
    public long Placed { get; init; }

    /// <summary>Outbound calls that somebody answered.</summary>
    public long Reached { get; init; }

    /// <summary>Talk time of outbound calls.</summary>
    public long PlacedTalkSeconds { get; init; }

    /// <summary>O_T = A_T + B_T + the calls that waited longer than T: all offered calls but those that flowed out before.</summary>
    public long CountedForTarget => Offered - FlowedOutInTime;

    /// <summary>The service level by another rule, without the short abandons.</summary>
    public Share ServiceLevelBy(ServiceLevelRule rule)
    {
        var (lost, counted) = (AbandonedInTime - ShortAbandoned, CountedForTarget - ShortAbandoned);
        return rule switch
        {
            ServiceLevelRule.AnsweredOnly => new Share(AnsweredInTime, Answered),
            ServiceLevelRule.AbandonedIgnored => new Share(AnsweredInTime, counted - lost),
            ServiceLevelRule.AbandonedPositive => new Share(AnsweredInTime + lost, counted),
            _ => new Share(AnsweredInTime, counted),
        };
    }

    /// <summary>Both together. What one side does not know, both together do not know, but for the longest wait.</summary>
    public static CallFigures operator +(CallFigures left, CallFigures right) => left == None ? right : right == None ? left : new CallFigures
    {
        Calls = left.Calls + right.Calls,
        Offered = left.Offered + right.Offered,
        Answered = left.Answered + right.Answered,
        Abandoned = left.Abandoned + right.Abandoned,
        ShortAbandoned = left.ShortAbandoned + right.ShortAbandoned,
        FlowedOut = left.FlowedOut + right.FlowedOut,
        AnsweredInTime = left.AnsweredInTime + right.AnsweredInTime,
        AbandonedInTime = left.AbandonedInTime + right.AbandonedInTime,
        FlowedOutInTime = left.FlowedOutInTime + right.FlowedOutInTime,
        ServiceLevel = left.ServiceLevel + right.ServiceLevel,
        AnsweredWaitSeconds = left.AnsweredWaitSeconds + right.AnsweredWaitSeconds,
        AbandonedWaitSeconds = left.AbandonedWaitSeconds + right.AbandonedWaitSeconds,
        TalkSeconds = left.TalkSeconds + right.TalkSeconds,
        HoldSeconds = left.HoldSeconds + right.HoldSeconds,
        RingSeconds = left.RingSeconds + right.RingSeconds,
        WrapUpSeconds = left.WrapUpSeconds + right.WrapUpSeconds,
        IdleSeconds = left.IdleSeconds + right.IdleSeconds,
        Transferred = left.Transferred + right.Transferred,
        LongestWaitSeconds = Longer(left.LongestWaitSeconds, right.LongestWaitSeconds),
        Placed = left.Placed + right.Placed,
        Reached = left.Reached + right.Reached,
        PlacedTalkSeconds = left.PlacedTalkSeconds + right.PlacedTalkSeconds,
    };

    private static int? Longer(int? left, int? right) => left is null ? right : right is null ? left : Math.Max(left.Value, right.Value);
}
