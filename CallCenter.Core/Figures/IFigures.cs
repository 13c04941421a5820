using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Figures;

/// <summary>
/// Figures of the current tenant's calls, within the caller's reach. From sums that are written in the transaction of the calls where
/// those can tell, else counted from the calls. Every method answers <see cref="AccessErrors.Denied"/> without
/// <see cref="Permissions.Reports.View"/>, <see cref="FigureErrors.RangeBackwards"/>, and <see cref="FigureErrors.RangeTooLong"/>.
/// </summary>
public interface IFigures
{
    /// <summary>Counts by time, by dimension, by both, or in one sum.</summary>
    Task<Result<FigureReport>> ReadAsync(FigureQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts by weekday and hour.</summary>
    Task<Result<FigureHeatMap>> ReadHeatMapAsync(FigureQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts by extension; steps shorter than a day are answered as days.</summary>
    Task<Result<AgentReport>> ReadAgentsAsync(FigureQuery query, CancellationToken cancellationToken = default);

    /// <summary>Who called more than once. Always from the calls; meant for days and weeks.</summary>
    Task<Result<RepeatCallers>> ReadRepeatCallersAsync(FigureQuery query, CancellationToken cancellationToken = default);
}
