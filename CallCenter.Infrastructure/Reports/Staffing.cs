using CallCenter.Core.Exports;
using CallCenter.Core.Figures;
using CallCenter.Core.Reports;

namespace CallCenter.Infrastructure.Reports;

/// <summary>How many agents an hour of the week needs, by Erlang C.</summary>
internal static class Staffing
{
    public static readonly IReadOnlyList<ReportColumn> Columns =
    [
        new("PerHour", ExportCell.Fraction, CallSet.Offered, HasCalls: true), new("Load", ExportCell.Fraction), new("Agents", ExportCell.Number), new("Scheduled", ExportCell.Number),
        new("ExpectedLevel", ExportCell.Percent), new("Occupancy", ExportCell.Percent), new("ExpectedWait", ExportCell.Duration),
    ];

    public static IReadOnlyList<double?> Values(FigureHeatCell cell, double? handleSeconds, ReportAsk ask)
    {
        var calls = cell.Days > 0 ? (double)cell.Figures.Offered / cell.Days : 0;
        if (calls <= 0 || handleSeconds is not > 0)
        {
            return [calls, 0, 0, 0, null, null, null];
        }

        var load = new ErlangC(calls, handleSeconds.Value, 3600);
        return load.AgentsFor(ask.GoalSeconds, ask.GoalPercent) is { } with
            ? [calls, load.Load, with.Agents, with.Scheduled(ask.Shrinkage), with.ServiceLevelPercent(ask.GoalSeconds) / 100, with.OccupancyPercent / 100, with.SpeedOfAnswerSeconds]
            : [calls, load.Load, null, null, null, null, null];
    }
}
