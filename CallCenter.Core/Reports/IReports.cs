using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Reports;

/// <summary>The reports of the catalogue, within the caller's reach. Needs <see cref="Permissions.Reports.View"/>, else <see cref="AccessErrors.Denied"/>.</summary>
public interface IReports
{
    /// <summary>One report.</summary>
    /// <returns>Its table, <see cref="ReportErrors.NotFound"/>, or the errors of <see cref="Figures.IFigures"/>.</returns>
    Task<Result<ReportTable>> ReadAsync(string report, ReportAsk ask, CancellationToken cancellationToken = default);
}

/// <summary>Expected failures of reports.</summary>
public static class ReportErrors
{
    /// <summary>No such report.</summary>
    public static readonly Error NotFound = new("reports.not_found", "There is no such report.");
}
