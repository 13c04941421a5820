namespace CallCenter.Core.Figures;

/// <summary>A figure that people read.</summary>
public enum FigureMetric
{
    /// <summary>All calls.</summary>
    Calls,

    /// <summary>O.</summary>
    Offered,

    /// <summary>A.</summary>
    Answered,

    /// <summary>B without the short ones.</summary>
    Abandoned,

    /// <summary>Bs.</summary>
    ShortAbandoned,

    /// <summary>F.</summary>
    FlowedOut,

    /// <summary>(B − Bs) / (O − Bs).</summary>
    AbandonRate,

    /// <summary>A / (O − Bs).</summary>
    AnswerRate,

    /// <summary>By the rule of each group.</summary>
    ServiceLevel,

    /// <summary>Average speed of answer: wait of the answered / A.</summary>
    SpeedOfAnswer,

    /// <summary>Wait of the abandoned / B.</summary>
    AbandonTime,

    /// <summary>Average handling time: (talk + hold + wrap-up) / A.</summary>
    HandleTime,

    /// <summary>Talk / A.</summary>
    TalkTime,

    /// <summary>Wrap-up / A.</summary>
    WrapUpTime,

    /// <summary>Handling / (handling + idle).</summary>
    Occupancy,

    /// <summary>Longest wait, abandoned calls included.</summary>
    LongestWait,

    /// <summary>Answered and transferred / A.</summary>
    TransferRate,

    /// <summary>Outbound calls.</summary>
    Placed,

    /// <summary>Outbound calls answered / outbound calls.</summary>
    ReachRate,
}

/// <summary>How a figure is written.</summary>
public enum FigureUnit
{
    /// <summary>A whole number.</summary>
    Count,

    /// <summary>Percent, 0 to 100.</summary>
    Percent,

    /// <summary>Seconds, shown as a duration.</summary>
    Seconds,
}

/// <summary>What a formula is made of; every one has a text and, where it is a set of calls, leads to them.</summary>
public enum FigureTerm
{
    /// <summary>All calls.</summary>
    Calls,

    /// <summary>O.</summary>
    Offered,

    /// <summary>A.</summary>
    Answered,

    /// <summary>B.</summary>
    Abandoned,

    /// <summary>Bs.</summary>
    ShortAbandoned,

    /// <summary>F.</summary>
    FlowedOut,

    /// <summary>A_T.</summary>
    AnsweredInTime,

    /// <summary>B_T.</summary>
    AbandonedInTime,

    /// <summary>O_T.</summary>
    CountedForTarget,

    /// <summary>Sum, seconds.</summary>
    AnsweredWait,

    /// <summary>Sum, seconds.</summary>
    AbandonedWait,

    /// <summary>Sum, seconds.</summary>
    Talk,

    /// <summary>Sum, seconds.</summary>
    Hold,

    /// <summary>Sum, seconds.</summary>
    WrapUp,

    /// <summary>Sum, seconds.</summary>
    Idle,

    /// <summary>Answered and transferred.</summary>
    Transferred,

    /// <summary>Outbound.</summary>
    Placed,

    /// <summary>Outbound and answered.</summary>
    Reached,

    /// <summary>Seconds.</summary>
    LongestWait,
}

/// <summary>A count or sum behind a figure.</summary>
/// <param name="Term">What.</param>
/// <param name="Value">How many, or how many seconds.</param>
public sealed record FigureCount(FigureTerm Term, long Value);

/// <summary>A figure, how it comes about, and what it was computed from.</summary>
/// <param name="Metric">What.</param>
/// <param name="Unit">How it is written.</param>
/// <param name="Value">Not rounded; null when there is nothing to compute it from, or nothing measures it.</param>
/// <param name="Formula">Key of the formula's text: the metric, and the rule where there are several.</param>
/// <param name="Counts">The counts, in the formula's order.</param>
public sealed record FigureValue(FigureMetric Metric, FigureUnit Unit, double? Value, string Formula, IReadOnlyList<FigureCount> Counts);
