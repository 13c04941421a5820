using System.Globalization;
using CallCenter.Core.Exports;
using CallCenter.Core.Tenancy;

namespace CallCenter.Infrastructure.Exports;

/// <summary>What files say about themselves: title, headings with the zone, and who made them of what.</summary>
internal static class ExportHeads
{
    public static TableHead Of(Export export, IReadOnlyList<ExportColumn> columns, TenantInfo tenant, IExportWords words) =>
        Of(export, [.. columns.Select(column => new TableColumn(Heading(column, export, words), column.Cell, column.Width))], tenant, words);

    public static TableHead Of(Export export, IReadOnlyList<TableColumn> columns, TenantInfo tenant, IExportWords words)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(export.TimeZoneId);
        var made = TimeZoneInfo.ConvertTimeFromUtc(export.StartedAtUtc ?? export.CreatedAtUtc, zone);
        var selection = ExportFilterText.Describe(export.Filter, words, export.Language);
        return new TableHead(
            TitleOf(export, words),
            columns,
            export.Language == "ar",
            [
                (Word("About.What"), TitleOf(export, words)),
                (Word("About.Tenant"), tenant.Name),
                (Word("About.Selection"), selection.Count == 0 ? Word("About.Everything") : string.Join("; ", selection)),
                (Word("About.Zone"), export.TimeZoneId),
                (Word("About.Made"), made.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
                (Word("About.By"), export.OwnerName),
            ])
        {
            Language = export.Language,
            AboutTitle = Word("About.Title"),
        };

        string Word(string key) => words[export.Language, key];
    }

    /// <summary>Name of the file's content in the export's language.</summary>
    public static string TitleOf(Export export, IExportWords words) => export.Kind switch
    {
        ExportKind.ClientCalls when export.Subject.Length > 0 => $"{words[export.Language, "Kind.ClientCalls"]} – {export.Subject}",
        ExportKind.Report => words[export.Language, $"Report.{export.Report}"],
        _ => words[export.Language, $"Kind.{export.Kind}"],
    };

    private static string Heading(ExportColumn column, Export export, IExportWords words)
    {
        var heading = words[export.Language, $"Column.{column.Key}"];
        return column.Cell == ExportCell.Time ? $"{heading} ({export.TimeZoneId})" : heading;
    }
}
