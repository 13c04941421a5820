namespace CallCenter.Core.Exports;

/// <summary>What a cell holds, and so how each format writes it.</summary>
public enum ExportCell
{
    /// <summary>Words; never computed by a spreadsheet.</summary>
    Text,

    /// <summary>A phone number; text that keeps its plus and zeros.</summary>
    Phone,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Seconds, shown as <c>0:03:07</c>.</summary>
    Duration,

    /// <summary>A moment, shown in the zone that the heading names.</summary>
    Time,

    /// <summary>A share from 0 to 1, shown in percent.</summary>
    Percent,

    /// <summary>Bytes; a whole number in files.</summary>
    Bytes,

    /// <summary>A number with two decimals.</summary>
    Fraction,
}

/// <summary>A column of a file.</summary>
/// <param name="Key">Its heading is the text <c>Column.{Key}</c>.</param>
/// <param name="Cell">What it holds.</param>
/// <param name="Width">Width in characters.</param>
public sealed record ExportColumn(string Key, ExportCell Cell, int Width);

/// <summary>Columns that calls can be exported with.</summary>
public static class CallExportColumns
{
    /// <summary>All, in the order of files.</summary>
    public static readonly IReadOnlyList<ExportColumn> All =
    [
        new("Start", ExportCell.Time, 20),
        new("Offset", ExportCell.Text, 11),
        new("Direction", ExportCell.Text, 12),
        new("Outcome", ExportCell.Text, 14),
        new("From", ExportCell.Phone, 20),
        new("FromName", ExportCell.Text, 22),
        new("To", ExportCell.Phone, 20),
        new("AnsweredBy", ExportCell.Phone, 14),
        new("Client", ExportCell.Text, 24),
        new("Queue", ExportCell.Phone, 10),
        new("Path", ExportCell.Text, 26),
        new("Trunk", ExportCell.Text, 16),
        new("Wait", ExportCell.Duration, 10),
        new("Talk", ExportCell.Duration, 10),
        new("Duration", ExportCell.Duration, 10),
        new("Answered", ExportCell.Time, 20),
        new("Ended", ExportCell.Time, 20),
        new("Recorded", ExportCell.Text, 10),
        new("CallKey", ExportCell.Text, 24),
    ];

    /// <summary>Columns by their keys, comma-separated; unknown ones are left out, none gives all.</summary>
    public static IReadOnlyList<ExportColumn> Read(string keys)
    {
        var wanted = keys.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(key => All.FirstOrDefault(column => string.Equals(column.Key, key, StringComparison.OrdinalIgnoreCase)))
            .OfType<ExportColumn>()
            .Distinct()
            .ToList();
        return wanted.Count > 0 ? wanted : All;
    }
}
