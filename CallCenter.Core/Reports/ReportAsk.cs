using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Groups;
using CallCenter.Core.Telephony;

namespace CallCenter.Core.Reports;

/// <summary>With which days a report's are compared.</summary>
public enum ReportCompare
{
    /// <summary>With none.</summary>
    None = 0,

    /// <summary>As many days just before.</summary>
    Previous = 1,

    /// <summary>The same days a year before.</summary>
    LastYear = 2,
}

/// <summary>What a report is asked. Days are the tenant's and both included; null members do not narrow.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed record ReportAsk(DateOnly From, DateOnly To)
{
    /// <summary>Greatest number in the staffing inputs.</summary>
    public const int MostSeconds = 7200;

    /// <summary>The days as counted from today; null when they were named.</summary>
    public CallRange? Range { get; init; }

    /// <summary>Steps of reports over time.</summary>
    public FigureStep Step { get; init; } = FigureStep.Day;

    /// <summary>Comparison.</summary>
    public ReportCompare Compare { get; init; }

    /// <summary>Queue number.</summary>
    public string? Queue { get; init; }

    /// <summary>Extension that had a part.</summary>
    public string? Agent { get; init; }

    /// <summary>Trunk.</summary>
    public string? Trunk { get; init; }

    /// <summary>Number dialled.</summary>
    public string? Did { get; init; }

    /// <summary>Direction.</summary>
    public CallDirection? Direction { get; init; }

    /// <summary>Rule of the service level; null for that of each group.</summary>
    public ServiceLevelRule? Rule { get; init; }

    /// <summary>Staffing: seconds in which a call should be taken.</summary>
    public int GoalSeconds { get; init; } = PbxGroup.DefaultTargetSeconds;

    /// <summary>Staffing: share that should be, percent.</summary>
    public int GoalPercent { get; init; } = PbxGroup.DefaultTargetPercent;

    /// <summary>Staffing: share of an agent's time that goes elsewhere, percent.</summary>
    public int Shrinkage { get; init; } = 30;

    /// <summary>Staffing: average handling time, seconds; null for the measured one.</summary>
    public int? HandleSeconds { get; init; }

    /// <summary>How many days.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>The days to compare with; null without comparison, or where the calendar ends.</summary>
    public ReportAsk? Before => Compare switch
    {
        ReportCompare.Previous when From.DayNumber > Days => this with { From = From.AddDays(-Days), To = From.AddDays(-1), Range = null, Compare = ReportCompare.None },
        ReportCompare.LastYear when From.Year > 1 => this with { From = From.AddYears(-1), To = To.AddYears(-1), Range = null, Compare = ReportCompare.None },
        _ => null,
    };

    /// <summary>As a question about figures.</summary>
    public FigureQuery Query => new(From, To) { Queue = Queue, Agent = Agent, Trunk = Trunk, Did = Did, Direction = Direction };
}
