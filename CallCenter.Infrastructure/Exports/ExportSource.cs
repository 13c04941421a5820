using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;

namespace CallCenter.Infrastructure.Exports;

/// <summary>Told how many rows are written; ends the export by an exception when it is not wanted any more.</summary>
internal delegate ValueTask ExportProgress(long rows, CancellationToken cancellationToken);

/// <summary>Gives the rows of exports of some kinds. Runs in a scope that has the owner's rights.</summary>
internal interface IExportSource
{
    /// <summary>Whether it gives exports of the kind.</summary>
    bool Gives(ExportKind kind);

    /// <summary>What the owner must be allowed beside exporting.</summary>
    string Permission { get; }

    /// <summary>The selection as it is kept: days counted from today become days of the calendar; null when it cannot be exported.</summary>
    string? Freeze(string report, string filter, DateOnly today);

    /// <summary>Rows there are about; null when that is not known beforehand.</summary>
    Task<long?> CountAsync(Export export, CancellationToken cancellationToken);

    /// <summary>Writes head and rows, not the end.</summary>
    /// <returns>What to say below the table, null for nothing; or why there is no table.</returns>
    Task<Result<string?>> WriteAsync(Export export, ITableWriter writer, ExportProgress progress, CancellationToken cancellationToken);
}
