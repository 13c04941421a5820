using CallCenter.Core.Calls;
using CallCenter.Core.Groups;

namespace CallCenter.Core.Figures;

/// <summary>Where figures were taken from.</summary>
public enum FigureSource
{
    /// <summary>The sums kept beside the calls.</summary>
    RollUps = 1,

    /// <summary>The calls themselves, counted for this answer.</summary>
    Calls = 2,
}

/// <summary>What stands behind an answer.</summary>
/// <param name="FromUtc">Beginning, UTC.</param>
/// <param name="ToUtc">End, not included, UTC.</param>
/// <param name="TimeZoneId">The tenant's zone, in which days and hours are cut.</param>
/// <param name="AsOfUtc">The calls of until then are known, UTC; null before the first sync.</param>
/// <param name="Source">Where from.</param>
/// <param name="Rules">Targets and rules that took part, each once; one entry names the rule of the service level.</param>
public sealed record FigureBasis(
    DateTime FromUtc, DateTime ToUtc, string TimeZoneId, DateTime? AsOfUtc, FigureSource Source, IReadOnlyList<ServiceLevelTarget> Rules)
{
    /// <summary>Older calls are still being counted for the first time and missing here; null when all are.</summary>
    public DateTime? CompleteSinceUtc { get; init; }

    /// <summary>The one rule of the service level; null when groups differ.</summary>
    public ServiceLevelRule? Rule => Rules.Select(target => target.Rule).Distinct().ToList() is [var only] ? only : null;
}

/// <summary>Figures of a line.</summary>
/// <param name="Key">Value of <see cref="FigureQuery.By"/>; empty without one.</param>
/// <param name="Name">Name of the queue or group, where the PBX has one; else the key.</param>
/// <param name="StartUtc">Beginning of the step, UTC; null without a step.</param>
/// <param name="EndUtc">End of the step, UTC, not included.</param>
/// <param name="Figures">The counts.</param>
/// <param name="Target">Of the group; null where several took part.</param>
/// <param name="Calls">Lists the calls behind <see cref="CallFigures.Calls"/>; with <see cref="CallFilter.Set"/> those behind the other counts. Null where no filter says it.</param>
public sealed record FigureLine(
    string Key, string Name, DateTime? StartUtc, DateTime? EndUtc, CallFigures Figures, ServiceLevelTarget? Target, CallFilter? Calls);

/// <summary>Figures of a range.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Basis">What stands behind it.</param>
/// <param name="Total">All together. Longest wait only where asked for.</param>
/// <param name="Lines">
/// By time, then by name. With a step and no dimension every step of the range has a line; with a dimension only those with calls.
/// </param>
public sealed record FigureReport(FigureQuery Query, FigureBasis Basis, FigureLine Total, IReadOnlyList<FigureLine> Lines);

/// <summary>One hour of one weekday, over a range.</summary>
/// <param name="Weekday">Day, in the tenant's zone.</param>
/// <param name="Hour">0 to 23.</param>
/// <param name="Days">How many days of the range have the hour, for averages; hours that change of clocks skips do not count.</param>
/// <param name="Figures">The counts, over all of them.</param>
/// <param name="Calls">Lists the calls.</param>
public sealed record FigureHeatCell(DayOfWeek Weekday, int Hour, int Days, CallFigures Figures, CallFilter? Calls);

/// <summary>Figures by weekday and hour.</summary>
/// <param name="Query">What was asked; step and dimension do not count.</param>
/// <param name="Basis">What stands behind it.</param>
/// <param name="Total">All together.</param>
/// <param name="Cells">7 x 24, Monday first; pages begin the week as the tenant's country does.</param>
public sealed record FigureHeatMap(FigureQuery Query, FigureBasis Basis, FigureLine Total, IReadOnlyList<FigureHeatCell> Cells);

/// <summary>One extension's figures.</summary>
/// <param name="Extension">Its number.</param>
/// <param name="Name">Its holder's name, where known; else the number.</param>
/// <param name="StartUtc">Beginning of the step, UTC; null without a step.</param>
/// <param name="EndUtc">End of the step, UTC, not included.</param>
/// <param name="Figures">The counts.</param>
/// <param name="Calls">Lists the calls in which it had a part.</param>
public sealed record AgentLine(string Extension, string Name, DateTime? StartUtc, DateTime? EndUtc, AgentFigures Figures, CallFilter? Calls);

/// <summary>Figures by extension.</summary>
/// <param name="Query">What was asked; of steps, days and longer ones; of filters, agent, queue and direction.</param>
/// <param name="Basis">What stands behind it.</param>
/// <param name="Total">All extensions together; a call counts once for each that had a part.</param>
/// <param name="Lines">By time, then by number.</param>
public sealed record AgentReport(FigureQuery Query, FigureBasis Basis, AgentFigures Total, IReadOnlyList<AgentLine> Lines);

/// <summary>Callers who called more than once in a range.</summary>
/// <param name="Callers">How many, by outside number; withheld ones do not count.</param>
/// <param name="Calls">Their offered calls beyond the first.</param>
/// <param name="AllCallers">All callers with a number.</param>
public sealed record RepeatCallers(long Callers, long Calls, long AllCallers);
