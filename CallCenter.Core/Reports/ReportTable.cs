using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Figures;
using CallCenter.Core.Telephony;

namespace CallCenter.Core.Reports;

/// <summary>How a report is drawn.</summary>
public enum ReportShape
{
    /// <summary>A bar for each row.</summary>
    Bars,

    /// <summary>A column for each step of time.</summary>
    Time,

    /// <summary>Weekdays by hours.</summary>
    Heat,
}

/// <summary>A report of the catalogue.</summary>
/// <param name="Key">Its name in addresses; permanent.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Shape">How it is drawn.</param>
/// <param name="Drawn">Key of the column that is drawn.</param>
public sealed record ReportInfo(string Key, string Icon, ReportShape Shape, string Drawn)
{
    /// <summary>Its rows are about numbers that can be called, and these are the rows' keys.</summary>
    public bool IsOfNumbers { get; init; }
}

/// <summary>The catalogue.</summary>
public static class ReportCatalogue
{
    /// <summary>All, in the order of the page.</summary>
    public static readonly IReadOnlyList<ReportInfo> All =
    [
        new("hours", "calendar-days", ReportShape.Heat, "Calls"),
        new("service-level", "gauge", ReportShape.Time, "ServiceLevel"),
        new("abandoned", "phone-missed", ReportShape.Time, "Abandoned"),
        new("staffing", "users", ReportShape.Heat, "Scheduled"),
        new("queues", "list", ReportShape.Bars, "Offered") { IsOfNumbers = true },
        new("ring-groups", "network", ReportShape.Bars, "Offered") { IsOfNumbers = true },
        new("agents", "user", ReportShape.Bars, "AgentAnswered") { IsOfNumbers = true },
        new("trunks", "plug", ReportShape.Bars, "Calls"),
        new("dids", "phone-incoming", ReportShape.Bars, "Offered") { IsOfNumbers = true },
        new("directions", "arrow-right-left", ReportShape.Bars, "Calls"),
        new("outcomes", "list-checks", ReportShape.Bars, "Calls"),
        new("countries", "globe", ReportShape.Bars, "Calls"),
        new("recordings", "circle-dot", ReportShape.Time, "Bytes"),
        new("quality", "gauge", ReportShape.Time, "MosAverage"),
        new("quality-agents", "user", ReportShape.Bars, "MosAverage") { IsOfNumbers = true },
    ];

    /// <summary>The report of the name; null when there is none.</summary>
    public static ReportInfo? Find(string? key) => All.FirstOrDefault(report => report.Key == key);
}

/// <summary>A column of figures. The first column of a table is always the row's name and is not among them.</summary>
/// <param name="Key">Its heading is the text <c>Column.{Key}</c>.</param>
/// <param name="Cell">How it is written. Shares are 0 to 1.</param>
/// <param name="Set">The calls behind it among those of the row; null for all of them.</param>
/// <param name="HasCalls">Leads to calls.</param>
public sealed record ReportColumn(string Key, ExportCell Cell, CallSet? Set = null, bool HasCalls = false)
{
    /// <summary>The part in them of the extension that the row is about; null where rows are about none.</summary>
    public CallPart? Part { get; init; }

    /// <summary>The part that it did not have in them; null for any.</summary>
    public CallPart? PartNot { get; init; }

    /// <summary>Their direction; null for that of the row.</summary>
    public CallDirection? Direction { get; init; }

    /// <summary>The calls behind the column's figure, of those of a row.</summary>
    public CallFilter Narrow(CallFilter row) => row with { Set = Set ?? row.Set, Part = Part ?? row.Part, PartNot = PartNot ?? row.PartNot, Direction = Direction ?? row.Direction };

    /// <summary>Less is better, so that a rise is shown as bad.</summary>
    public bool LessIsBetter => Key is "Abandoned" or "ShortAbandoned" or "AbandonRate" or "SpeedOfAnswer" or "AbandonTime" or "LongestWait" or "Missed"
        or "PoorCalls" or "PoorShare" or "PacketLoss" or "Jitter";
}

/// <summary>A row.</summary>
/// <param name="Key">What it is about; for time the start, for heat maps <c>Monday-9</c>.</param>
/// <param name="Name">Its name where the data has one; empty where the page words the key.</param>
/// <param name="Values">A value for each column; null where there is nothing to compute it from.</param>
/// <param name="Calls">The calls behind it; null where no filter says it.</param>
public sealed record ReportRow(string Key, string Name, IReadOnlyList<double?> Values, CallFilter? Calls)
{
    /// <summary>Beginning of the step, UTC; null without time.</summary>
    public DateTime? StartUtc { get; init; }

    /// <summary>The values of the days that are compared with; null without comparison.</summary>
    public IReadOnlyList<double?>? Before { get; init; }
}

/// <summary>A report's answer.</summary>
/// <param name="Report">Which.</param>
/// <param name="Ask">What was asked.</param>
/// <param name="TimeZoneId">Zone of its days and hours.</param>
/// <param name="AsOfUtc">Calls of until then are known, UTC; null when not known.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Total">All together, computed from sums and not from the rows' shares; null where a sum says nothing.</param>
public sealed record ReportTable(
    ReportInfo Report, ReportAsk Ask, string TimeZoneId, DateTime? AsOfUtc, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows, ReportRow? Total)
{
    /// <summary>Counts and sums behind the totals, for those who ask how they come about.</summary>
    public CallFigures? Figures { get; init; }

    /// <summary>Average handling time that staffing was computed with, seconds.</summary>
    public double? HandleSeconds { get; init; }

    /// <summary>How long those waited who gave up, and what became of them; of the report of abandoned calls only.</summary>
    public AbandonedFacts? Abandons { get; init; }

    /// <summary>Place of the drawn column.</summary>
    public int DrawnAt => Math.Max(0, Columns.ToList().FindIndex(column => column.Key == Report.Drawn));
}
