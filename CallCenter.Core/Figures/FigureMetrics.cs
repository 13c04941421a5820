using CallCenter.Core.Groups;

namespace CallCenter.Core.Figures;

/// <summary>The formulas; docs/metrics.md says the same in words.</summary>
public static class FigureMetrics
{
    /// <summary>Formula of a service level over groups with different rules.</summary>
    public const string MixedServiceLevel = "ServiceLevel.Mixed";

    /// <summary>Every key of a formula that <see cref="Of"/> answers.</summary>
    public static IReadOnlyList<string> Formulas { get; } =
    [
        .. Enum.GetValues<FigureMetric>().Where(metric => metric != FigureMetric.ServiceLevel).Select(metric => metric.ToString()),
        .. Enum.GetValues<ServiceLevelRule>().Select(FormulaOf),
        MixedServiceLevel,
    ];

    /// <summary>The figure, with its formula and counts.</summary>
    /// <param name="metric">Which.</param>
    /// <param name="figures">Of what.</param>
    /// <param name="rule">The one rule by which <see cref="CallFigures.ServiceLevel"/> was counted; null when there were several.</param>
    public static FigureValue Of(FigureMetric metric, CallFigures figures, ServiceLevelRule? rule = null)
    {
        var f = figures;
        var (kept, lost) = (f.Offered - f.ShortAbandoned, f.Abandoned - f.ShortAbandoned);
        return metric switch
        {
            FigureMetric.Calls => Count(metric, f.Calls, FigureTerm.Calls),
            FigureMetric.Offered => Count(metric, f.Offered, FigureTerm.Offered),
            FigureMetric.Answered => Count(metric, f.Answered, FigureTerm.Answered),
            FigureMetric.Abandoned => Value(metric, FigureUnit.Count, lost, (FigureTerm.Abandoned, f.Abandoned), (FigureTerm.ShortAbandoned, f.ShortAbandoned)),
            FigureMetric.ShortAbandoned => Count(metric, f.ShortAbandoned, FigureTerm.ShortAbandoned),
            FigureMetric.FlowedOut => Count(metric, f.FlowedOut, FigureTerm.FlowedOut),
            FigureMetric.Placed => Count(metric, f.Placed, FigureTerm.Placed),
            FigureMetric.AbandonRate => Percent(metric, new Share(lost, kept), (FigureTerm.Abandoned, f.Abandoned), (FigureTerm.ShortAbandoned, f.ShortAbandoned), (FigureTerm.Offered, f.Offered)),
            FigureMetric.AnswerRate => Percent(metric, new Share(f.Answered, kept), (FigureTerm.Answered, f.Answered), (FigureTerm.Offered, f.Offered), (FigureTerm.ShortAbandoned, f.ShortAbandoned)),
            FigureMetric.ReachRate => Percent(metric, new Share(f.Reached, f.Placed), (FigureTerm.Reached, f.Reached), (FigureTerm.Placed, f.Placed)),
            FigureMetric.TransferRate => Percent(metric, new Share(f.Transferred, f.Answered), (FigureTerm.Transferred, f.Transferred), (FigureTerm.Answered, f.Answered)),
            FigureMetric.SpeedOfAnswer => Average(metric, f.AnsweredWaitSeconds, f.Answered, (FigureTerm.AnsweredWait, f.AnsweredWaitSeconds), (FigureTerm.Answered, f.Answered)),
            FigureMetric.AbandonTime => Average(metric, f.AbandonedWaitSeconds, f.Abandoned, (FigureTerm.AbandonedWait, f.AbandonedWaitSeconds), (FigureTerm.Abandoned, f.Abandoned)),
            FigureMetric.TalkTime => Average(metric, f.TalkSeconds, f.Answered, (FigureTerm.Talk, f.TalkSeconds), (FigureTerm.Answered, f.Answered)),
            FigureMetric.HandleTime => Average(
                metric,
                HandleSeconds(f),
                f.Answered,
                [(FigureTerm.Talk, f.TalkSeconds), (FigureTerm.Hold, f.HoldSeconds), .. Known(FigureTerm.WrapUp, f.WrapUpSeconds), (FigureTerm.Answered, f.Answered)]),
            FigureMetric.WrapUpTime => Average(metric, f.WrapUpSeconds, f.Answered, [.. Known(FigureTerm.WrapUp, f.WrapUpSeconds), (FigureTerm.Answered, f.Answered)]),
            FigureMetric.Occupancy => f.IdleSeconds is { } idle
                ? Percent(metric, new Share(HandleSeconds(f), HandleSeconds(f) + idle), [(FigureTerm.Talk, f.TalkSeconds), (FigureTerm.Hold, f.HoldSeconds), .. Known(FigureTerm.WrapUp, f.WrapUpSeconds), (FigureTerm.Idle, idle)])
                : Value(metric, FigureUnit.Percent, null),
            FigureMetric.LongestWait => Value(metric, FigureUnit.Seconds, f.Offered > 0 ? f.LongestWaitSeconds : null, [.. Known(FigureTerm.LongestWait, f.LongestWaitSeconds)]),
            FigureMetric.ServiceLevel => ServiceLevel(f, rule),
            _ => throw new ArgumentOutOfRangeException(nameof(metric)),
        };
    }

    /// <summary>Key of the formula's text.</summary>
    public static string FormulaOf(ServiceLevelRule rule) => $"{nameof(FigureMetric.ServiceLevel)}.{rule}";

    private static long HandleSeconds(CallFigures f) => f.TalkSeconds + f.HoldSeconds + (f.WrapUpSeconds ?? 0);

    private static FigureValue ServiceLevel(CallFigures f, ServiceLevelRule? rule) => new(
        FigureMetric.ServiceLevel,
        FigureUnit.Percent,
        f.ServiceLevel.Percent,
        rule is { } one ? FormulaOf(one) : MixedServiceLevel,
        [
            new FigureCount(FigureTerm.AnsweredInTime, f.AnsweredInTime),
            .. rule == ServiceLevelRule.AnsweredOnly
                ? new FigureCount[] { new(FigureTerm.Answered, f.Answered) }
                : [new(FigureTerm.CountedForTarget, f.CountedForTarget), new(FigureTerm.AbandonedInTime, f.AbandonedInTime), new(FigureTerm.ShortAbandoned, f.ShortAbandoned)],
        ]);

    private static (FigureTerm, long)[] Known(FigureTerm term, long? value) => value is { } known ? [(term, known)] : [];

    private static FigureValue Count(FigureMetric metric, long value, FigureTerm term) => Value(metric, FigureUnit.Count, value, (term, value));

    private static FigureValue Percent(FigureMetric metric, Share share, params (FigureTerm Term, long Value)[] counts) =>
        Value(metric, FigureUnit.Percent, share.Percent, counts);

    private static FigureValue Average(FigureMetric metric, long? sum, long count, params (FigureTerm Term, long Value)[] counts) =>
        Value(metric, FigureUnit.Seconds, sum is { } seconds && count > 0 ? (double)seconds / count : null, counts);

    private static FigureValue Value(FigureMetric metric, FigureUnit unit, double? value, params (FigureTerm Term, long Value)[] counts) =>
        new(metric, unit, value, metric.ToString(), [.. counts.Select(count => new FigureCount(count.Term, count.Value))]);
}
