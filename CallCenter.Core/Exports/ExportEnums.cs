namespace CallCenter.Core.Exports;

/// <summary>What an export holds. Stored in the database.</summary>
public enum ExportKind
{
    /// <summary>Calls of a selection.</summary>
    Calls = 1,

    /// <summary>The calls of one client.</summary>
    ClientCalls = 2,

    /// <summary>The table of a report.</summary>
    Report = 3,
}

/// <summary>What kind of file it becomes. Stored in the database.</summary>
public enum ExportFormat
{
    /// <summary>Comma-separated values: UTF-8 with its mark, RFC 4180, safe for spreadsheets.</summary>
    Csv = 1,

    /// <summary>A workbook of Excel.</summary>
    Xlsx = 2,

    /// <summary>A page to print, at an address of its own.</summary>
    Print = 3,
}

/// <summary>How far an export got. Stored in the database.</summary>
public enum ExportState
{
    /// <summary>Waits for a node.</summary>
    Queued = 1,

    /// <summary>A node writes it; without that node's lease it begins anew.</summary>
    Running = 2,

    /// <summary>The file is there.</summary>
    Done = 3,

    /// <summary>Ended without a file, see <see cref="Export.Failure"/>.</summary>
    Failed = 4,

    /// <summary>Taken back before it was done.</summary>
    Cancelled = 5,

    /// <summary>Was done; its file was deleted by age.</summary>
    Expired = 6,
}
