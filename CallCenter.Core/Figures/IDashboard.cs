using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Figures;

/// <summary>Today's figures of the current tenant, within the caller's reach.</summary>
public interface IDashboard
{
    /// <summary>Weeks that make "usual": the same weekday of so many weeks before.</summary>
    const int UsualWeeks = 8;

    /// <summary>Today, and what is usual by this time of the day.</summary>
    /// <returns>The figures, or <see cref="AccessErrors.Denied"/> without <see cref="Permissions.Reports.View"/>.</returns>
    Task<Result<DashboardFigures>> ReadAsync(CancellationToken cancellationToken = default);
}

/// <summary>What the dashboard shows.</summary>
/// <param name="Basis">What stands behind it.</param>
/// <param name="Today">Today in the tenant's zone.</param>
/// <param name="Figures">Of today so far, with the longest wait.</param>
/// <param name="Usual">Sums of the same weekday of the weeks before, up to <paramref name="UntilUtc"/>'s time of the day.</param>
/// <param name="UsualDays">Days in <paramref name="Usual"/>; days before the first call do not count.</param>
/// <param name="UntilUtc">The last full quarter of an hour, up to which the other days are counted, UTC.</param>
/// <param name="Hours">The hours of the day, 0 to 23 as the wall clock names them.</param>
/// <param name="Queues">Of today, by queue.</param>
/// <param name="Agents">Of today, by extension.</param>
/// <param name="Repeat">Callers of today who called more than once.</param>
public sealed record DashboardFigures(
    FigureBasis Basis,
    DateOnly Today,
    CallFigures Figures,
    CallFigures Usual,
    int UsualDays,
    DateTime UntilUtc,
    IReadOnlyList<DashboardHour> Hours,
    IReadOnlyList<FigureLine> Queues,
    IReadOnlyList<AgentLine> Agents,
    RepeatCallers Repeat);

/// <summary>One hour of the wall clock.</summary>
/// <param name="Hour">0 to 23.</param>
/// <param name="Today">Today; null for hours to come.</param>
/// <param name="Yesterday">The day before.</param>
/// <param name="Usual">Sums of the usual days, the whole hour.</param>
public sealed record DashboardHour(int Hour, CallFigures? Today, CallFigures Yesterday, CallFigures Usual);
