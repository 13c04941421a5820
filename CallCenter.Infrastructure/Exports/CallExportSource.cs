using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Exports;

/// <summary>Calls of a selection, streamed from the history.</summary>
internal sealed class CallExportSource(ICallLog calls, ITenantContext tenant, IExportWords words, IOptions<ExportOptions> options) : IExportSource
{
    private const int RowsPerReport = 1024;

    public string Permission => Permissions.Calls.View;

    public bool Gives(ExportKind kind) => kind is ExportKind.Calls or ExportKind.ClientCalls;

    public string? Freeze(string report, string filter, DateOnly today)
    {
        var read = FilterOf(filter);
        var (from, to) = CallRanges.DaysOf(read, today, Weekdays.FirstOf(tenant.Tenant.CountryCode));
        return from > to ? null : ExportFilterText.Write(CallFilterText.Write(read with { Range = null, From = from, To = to }));
    }

    public async Task<long?> CountAsync(Export export, CancellationToken cancellationToken)
    {
        var sums = await calls.SumAsync(FilterOf(export.Filter), cancellationToken);
        return sums.Succeeded ? sums.Value.Calls : null;
    }

    public async Task<Result<string?>> WriteAsync(Export export, ITableWriter writer, ExportProgress progress, CancellationToken cancellationToken)
    {
        var clock = new ZoneClock(TimeZoneInfo.FindSystemTimeZoneById(export.TimeZoneId));
        var columns = CallExportColumns.Read(export.Columns);
        var table = new CallTable(columns, clock, tenant.Tenant.CountryCode, Word);
        await writer.BeginAsync(ExportHeads.Of(export, columns, tenant.Tenant, words), cancellationToken);

        var limit = export.Format == ExportFormat.Print ? options.Value.PrintRows : long.MaxValue;
        var rows = 0L;
        await foreach (var call in calls.StreamAsync(FilterOf(export.Filter), cancellationToken: cancellationToken))
        {
            if (rows == limit)
            {
                await progress(rows, cancellationToken);
                return string.Format(CultureInfo.InvariantCulture, Word("Print.Cut"), limit.ToString("N0", CultureInfo.InvariantCulture));
            }

            table.Write(writer, call);
            await writer.EndRowAsync(cancellationToken);
            if (++rows % RowsPerReport == 0)
            {
                await progress(rows, cancellationToken);
            }
        }

        await progress(rows, cancellationToken);
        return (string?)null;

        string Word(string key) => words[export.Language, key];
    }

    internal static CallFilter FilterOf(string query)
    {
        var values = ExportFilterText.Read(query).GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        return CallFilterText.Read(values.GetValueOrDefault);
    }
}
