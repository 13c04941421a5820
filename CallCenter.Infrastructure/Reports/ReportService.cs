using System.Globalization;
using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Core.Reports;
using CallCenter.Core.Tenancy;

namespace CallCenter.Infrastructure.Reports;

internal sealed class ReportService(IFigures figures, RecordingReport recordings, QualityReport quality, AbandonedReport abandoned, ICaller caller, ITenantContext tenant) : IReports
{
    public async Task<Result<ReportTable>> ReadAsync(string report, ReportAsk ask, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Reports.View))
        {
            return AccessErrors.Denied;
        }

        if (ReportCatalogue.Find(report) is not { } info)
        {
            return ReportErrors.NotFound;
        }

        var now = await ReadOneAsync(info, ask, cancellationToken);
        if (now.Error is not null || ask.Before is not { } earlier)
        {
            return now;
        }

        var before = await ReadOneAsync(info, earlier, cancellationToken);
        return before.Error is { } error ? error : Compared(now.Value, before.Value);
    }

    /// <summary>Rows beside those of the same key; of time, beside those of the same place.</summary>
    private static ReportTable Compared(ReportTable now, ReportTable before)
    {
        var byKey = before.Rows.GroupBy(row => row.Key, StringComparer.Ordinal).ToDictionary(rows => rows.Key, rows => rows.First(), StringComparer.Ordinal);
        return now with
        {
            Rows = [.. now.Rows.Select((row, place) => row with
            {
                Before = row.StartUtc is null ? byKey.GetValueOrDefault(row.Key)?.Values : place < before.Rows.Count ? before.Rows[place].Values : null,
            })],
            Total = now.Total is null ? null : now.Total with { Before = before.Total?.Values },
        };
    }

    private Task<Result<ReportTable>> ReadOneAsync(ReportInfo info, ReportAsk ask, CancellationToken cancellationToken) => info.Key switch
    {
        "hours" => HoursAsync(info, ask, cancellationToken),
        "staffing" => StaffingAsync(info, ask, cancellationToken),
        "service-level" => LinesAsync(info, ask, ask.Query with { Step = ask.Step }, ReportFigures.OfServiceLevel, cancellationToken),
        "abandoned" => AbandonedAsync(info, ask, cancellationToken),
        "queues" => LinesAsync(info, ask, ask.Query with { By = FigureDimension.Queue }, ReportFigures.OfGroups, cancellationToken),
        "ring-groups" => LinesAsync(info, ask, ask.Query with { By = FigureDimension.RingGroup }, ReportFigures.OfGroups, cancellationToken),
        "trunks" => LinesAsync(info, ask, ask.Query with { By = FigureDimension.Trunk }, ReportFigures.OfKinds, cancellationToken),
        "dids" => LinesAsync(info, ask, ask.Query with { By = FigureDimension.Did }, ReportFigures.OfGroups, cancellationToken),
        "directions" => LinesAsync(info, ask, ask.Query with { By = FigureDimension.Direction }, ReportFigures.OfKinds, cancellationToken),
        "outcomes" => LinesAsync(info, ask, ask.Query with { By = FigureDimension.Outcome }, [ReportFigures.Calls], cancellationToken),
        "countries" => LinesAsync(info, ask, ask.Query with { By = FigureDimension.Country }, ReportFigures.OfKinds, cancellationToken),
        "quality" or "quality-agents" => quality.ReadAsync(info, ask, cancellationToken),
        "agents" => AgentsAsync(info, ask, cancellationToken),
        _ => recordings.ReadAsync(info, ask, cancellationToken),
    };

    private async Task<Result<ReportTable>> LinesAsync(ReportInfo info, ReportAsk ask, FigureQuery query, IReadOnlyList<ReportColumn> columns, CancellationToken cancellationToken)
    {
        var read = await figures.ReadAsync(query, cancellationToken);
        if (read.Error is { } error)
        {
            return error;
        }

        var rows = read.Value.Lines.Select(line => new ReportRow(
            line.StartUtc is { } start ? start.ToString("O", CultureInfo.InvariantCulture) : line.Key,
            line.Name == line.Key ? "" : line.Name,
            ReportFigures.Values(columns, line.Figures, ask),
            line.Calls)
        {
            StartUtc = line.StartUtc,
        });
        var ordered = query.By is null ? rows : rows.OrderByDescending(row => row.Values[0] ?? 0);
        var total = read.Value.Total;
        return new ReportTable(info, ask, read.Value.Basis.TimeZoneId, read.Value.Basis.AsOfUtc, columns, [.. ordered], new ReportRow("", "", ReportFigures.Values(columns, total.Figures, ask), total.Calls))
        {
            Figures = total.Figures,
        };
    }

    private async Task<Result<ReportTable>> AbandonedAsync(ReportInfo info, ReportAsk ask, CancellationToken cancellationToken)
    {
        var lines = await LinesAsync(info, ask, ask.Query with { Step = ask.Step, WithLongestWait = true }, ReportFigures.OfAbandoned, cancellationToken);
        return lines.Error is null ? lines.Value with { Abandons = await abandoned.ReadAsync(ask, cancellationToken) } : lines;
    }

    private async Task<Result<ReportTable>> AgentsAsync(ReportInfo info, ReportAsk ask, CancellationToken cancellationToken)
    {
        var read = await figures.ReadAgentsAsync(new FigureQuery(ask.From, ask.To) { Agent = ask.Agent, Queue = ask.Queue, Direction = ask.Direction }, cancellationToken);
        return read.Error is { } error
            ? error
            : new ReportTable(
                info,
                ask,
                read.Value.Basis.TimeZoneId,
                read.Value.Basis.AsOfUtc,
                ReportFigures.OfAgents,
                [
                    .. read.Value.Lines
                        .Select(line => new ReportRow(line.Extension, line.Name == line.Extension ? "" : line.Name, ReportFigures.Values(line.Figures), line.Calls))
                        .OrderByDescending(row => row.Values[1]),
                ],
                new ReportRow("", "", ReportFigures.Values(read.Value.Total), null));
    }

    private async Task<Result<ReportTable>> HoursAsync(ReportInfo info, ReportAsk ask, CancellationToken cancellationToken)
    {
        var read = await figures.ReadHeatMapAsync(ask.Query, cancellationToken);
        return read.Error is { } error
            ? error
            : new ReportTable(
                info,
                ask,
                read.Value.Basis.TimeZoneId,
                read.Value.Basis.AsOfUtc,
                ReportFigures.OfHours,
                [.. read.Value.Cells.Select(cell => new ReportRow(KeyOf(cell), "", ReportFigures.Values(ReportFigures.OfHours, cell.Figures, ask), cell.Calls))],
                new ReportRow("", "", ReportFigures.Values(ReportFigures.OfHours, read.Value.Total.Figures, ask), read.Value.Total.Calls))
            {
                Figures = read.Value.Total.Figures,
            };
    }

    /// <summary>Agents for each hour of the week, from the average of its days.</summary>
    private async Task<Result<ReportTable>> StaffingAsync(ReportInfo info, ReportAsk ask, CancellationToken cancellationToken)
    {
        var read = await figures.ReadHeatMapAsync(ask.Query, cancellationToken);
        if (read.Error is { } error)
        {
            return error;
        }

        var handle = ask.HandleSeconds ?? FigureMetrics.Of(FigureMetric.HandleTime, read.Value.Total.Figures).Value;
        var rows = read.Value.Cells.Select(cell => new ReportRow(KeyOf(cell), "", Staffing.Values(cell, handle, ask), cell.Calls));
        return new ReportTable(info, ask, tenant.Tenant.TimeZoneId, read.Value.Basis.AsOfUtc, Staffing.Columns, [.. rows], null)
        {
            Figures = read.Value.Total.Figures,
            HandleSeconds = handle,
        };
    }

    private static string KeyOf(FigureHeatCell cell) => string.Create(CultureInfo.InvariantCulture, $"{cell.Weekday}-{cell.Hour}");
}
