using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Figures;

/// <summary>
/// Slices whose sums may be added before they are read as figures: the same target, and all offered, outbound or neither. Knows the
/// columns it needs and what they mean.
/// </summary>
internal readonly record struct FigureShape(ServiceLevelTarget Target, bool Offered, bool Outbound)
{
    private static readonly int[] Always = [.. Enumerable.Range(0, FigureColumns.Transferred + 1)];

    public static FigureShape Of(FigureSlice slice, ServiceLevelTarget target) =>
        slice.Offered ? new FigureShape(target, true, false) : new FigureShape(default, false, slice.Direction == CallDirection.Outbound);

    /// <summary>Places of the columns to read.</summary>
    public IReadOnlyList<int> Columns => !Offered ? Always : Target.ShortSeconds > 0
        ? [.. Always, .. Within(), FigureColumns.LostIn(Target.ShortSeconds - 1)]
        : [.. Always, .. Within()];

    /// <summary>Figures of sums in the order of <see cref="Columns"/>.</summary>
    public CallFigures Read(IReadOnlyList<long> sums)
    {
        var calls = 0L;
        foreach (var outcome in Enum.GetValues<CallOutcome>())
        {
            calls += sums[FigureColumns.OutcomeOf(outcome)];
        }

        var answered = sums[FigureColumns.OutcomeOf(CallOutcome.Answered)];
        if (!Offered)
        {
            return Outbound
                ? new CallFigures { Calls = calls, Placed = calls, Reached = answered, PlacedTalkSeconds = sums[FigureColumns.Talk] }
                : new CallFigures { Calls = calls };
        }

        var first = Always.Length;
        var figures = new CallFigures
        {
            Calls = calls,
            Offered = calls - Outcome(CallOutcome.Blocked),
            Answered = answered,
            Abandoned = Outcome(CallOutcome.Abandoned) + Outcome(CallOutcome.NoAnswer),
            FlowedOut = Outcome(CallOutcome.Voicemail) + Outcome(CallOutcome.Busy) + Outcome(CallOutcome.Failed),
            AnsweredInTime = sums[first],
            AbandonedInTime = sums[first + 1],
            FlowedOutInTime = sums[first + 2],
            ShortAbandoned = Target.ShortSeconds > 0 ? sums[first + 3] : 0,
            AnsweredWaitSeconds = sums[FigureColumns.AnsweredWait],
            AbandonedWaitSeconds = sums[FigureColumns.LostWait],
            TalkSeconds = sums[FigureColumns.Talk],
            RingSeconds = sums[FigureColumns.Ring],
            HoldSeconds = sums[FigureColumns.Hold],
            Transferred = sums[FigureColumns.Transferred],
        };
        return figures with { ServiceLevel = figures.ServiceLevelBy(Target.Rule) };

        long Outcome(CallOutcome outcome) => sums[FigureColumns.OutcomeOf(outcome)];
    }

    private int[] Within() => [FigureColumns.AnsweredIn(Target.Seconds), FigureColumns.LostIn(Target.Seconds), FigureColumns.OutIn(Target.Seconds)];
}
