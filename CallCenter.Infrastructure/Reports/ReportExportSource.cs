using System.Globalization;
using CallCenter.Core.Exports;
using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Core.Reports;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Exports;

namespace CallCenter.Infrastructure.Reports;

/// <summary>The table of a report as a file, the row of totals last.</summary>
internal sealed class ReportExportSource(IReports reports, ITenantContext tenant, IExportWords words) : IExportSource
{
    public string Permission => Permissions.Reports.View;

    public bool Gives(ExportKind kind) => kind == ExportKind.Report;

    public string? Freeze(string report, string filter, DateOnly today) =>
        ReportCatalogue.Find(report) is null || AskOf(filter, today) is not { } ask || ask.From > ask.To ? null : ExportFilterText.Write(ReportAskText.Write(ask));

    public Task<long?> CountAsync(Export export, CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    public async Task<Result<string?>> WriteAsync(Export export, ITableWriter writer, ExportProgress progress, CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(export.TimeZoneId);
        var read = await reports.ReadAsync(export.Report, AskOf(export.Filter, LocalDay.Of(export.CreatedAtUtc, zone)), cancellationToken);
        if (read.Error is { } error)
        {
            return error;
        }

        var table = read.Value;
        var isTime = table.Report.Shape == ReportShape.Time;
        var name = isTime ? $"{Word("Column.Period")} ({table.TimeZoneId})" : Word("Column.Name");
        List<TableColumn> columns = [new(name, ExportCell.Text, 26), .. table.Columns.Select(column => new TableColumn(Word($"Column.{column.Key}"), column.Cell, 14))];
        await writer.BeginAsync(ExportHeads.Of(export, columns, tenant.Tenant, words), cancellationToken);
        foreach (var row in table.Rows)
        {
            await WriteAsync(RowNames.Of(table, row, zone, Word), row);
        }

        if (table.Total is { } total)
        {
            await WriteAsync(Word("Column.Total"), total);
        }

        await progress(table.Rows.Count, cancellationToken);
        return (string?)null;

        string Word(string key) => words[export.Language, key];

        async ValueTask WriteAsync(string title, ReportRow row)
        {
            writer.Text(title);
            foreach (var (column, value) in table.Columns.Zip(row.Values))
            {
                Cell(writer, column.Cell, value);
            }

            await writer.EndRowAsync(cancellationToken);
        }
    }

    private static void Cell(ITableWriter writer, ExportCell kind, double? value)
    {
        switch (value)
        {
            case null:
                writer.Empty();
                break;
            case { } share when kind == ExportCell.Percent:
                writer.Percent(share);
                break;
            case { } seconds when kind == ExportCell.Duration:
                writer.Duration((int)Math.Min(int.MaxValue, Math.Round(seconds)));
                break;
            case { } fraction when kind == ExportCell.Fraction:
                writer.Fraction(fraction);
                break;
            case { } number:
                writer.Number((long)Math.Round(number));
                break;
        }
    }

    private ReportAsk AskOf(string filter, DateOnly today)
    {
        var values = ExportFilterText.Read(filter).GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        return ReportAskText.Read(values.GetValueOrDefault, today, Weekdays.FirstOf(tenant.Tenant.CountryCode));
    }
}

/// <summary>What a row of a report is called in a file.</summary>
internal static class RowNames
{
    public static string Of(ReportTable table, ReportRow row, TimeZoneInfo zone, Func<string, string> word)
    {
        if (row.StartUtc is { } start)
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(start, zone);
            return local.ToString(table.Ask.Step switch { FigureStep.Hour or FigureStep.Quarter => "yyyy-MM-dd HH:mm", FigureStep.Month => "yyyy-MM", _ => "yyyy-MM-dd" }, CultureInfo.InvariantCulture);
        }

        if (table.Report.Shape == ReportShape.Heat)
        {
            var parts = row.Key.Split('-');
            return $"{word($"Value.weekday.{parts[0]}")} {int.Parse(parts[1], CultureInfo.InvariantCulture):00}:00";
        }

        return table.Report.Key switch
        {
            "directions" => word($"Value.direction.{row.Key}"),
            "outcomes" => word($"Value.outcome.{row.Key}"),
            "countries" when row.Key.Length == 2 => $"{row.Key} {word($"Country.{row.Key}")}",
            _ when row.Name.Length > 0 => $"{row.Key} {row.Name}",
            _ => row.Key.Length > 0 ? row.Key : word("Value.none"),
        };
    }
}
