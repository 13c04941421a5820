using CallCenter.Core.Exports;
using CallCenter.Web.Shared;

namespace CallCenter.Web.Features.Exports;

/// <summary>Icons and tones of exports.</summary>
internal static class ExportTexts
{
    public static Tone ToneOf(ExportState state) => state switch
    {
        ExportState.Done => Tone.Good,
        ExportState.Failed => Tone.Bad,
        ExportState.Queued or ExportState.Running => Tone.Note,
        _ => Tone.Quiet,
    };

    public static string IconOf(ExportState state) => state switch
    {
        ExportState.Queued => "clock",
        ExportState.Running => "loader-circle",
        ExportState.Done => "circle-check",
        ExportState.Failed => "circle-x",
        ExportState.Cancelled => "circle-minus",
        _ => "history",
    };

    public static string IconOf(ExportFormat format) => format switch
    {
        ExportFormat.Csv => "file-text",
        ExportFormat.Xlsx => "file-spreadsheet",
        _ => "printer",
    };

    /// <summary>Share that is written, 0 to 100; null while the whole is not known.</summary>
    public static int? PercentOf(ExportRow row) => row.RowsOf is > 0 and var all ? (int)Math.Clamp(row.RowsDone * 100 / all, 0, 100) : null;
}
