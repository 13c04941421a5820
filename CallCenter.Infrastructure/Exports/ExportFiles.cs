using System.Globalization;
using CallCenter.Core.Exports;
using CallCenter.Core.Tenancy;

namespace CallCenter.Infrastructure.Exports;

/// <summary>Names and media types of files.</summary>
internal static class ExportFiles
{
    /// <summary><c>calls-demo-2026-03-02-0905.csv</c>, the day and hour of the export's zone.</summary>
    public static string NameOf(Export export, TenantInfo tenant)
    {
        var made = TimeZoneInfo.ConvertTimeFromUtc(export.CreatedAtUtc, TimeZoneInfo.FindSystemTimeZoneById(export.TimeZoneId));
        var what = export.Kind == ExportKind.Report ? export.Report : export.Kind == ExportKind.ClientCalls ? "client-calls" : "calls";
        return string.Create(CultureInfo.InvariantCulture, $"{what}-{tenant.Slug}-{made:yyyy-MM-dd-HHmm}.{ExportAttempt.ExtensionOf(export.Format)}");
    }

    public static string TypeOf(ExportFormat format) => format switch
    {
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "text/html; charset=utf-8",
    };
}
