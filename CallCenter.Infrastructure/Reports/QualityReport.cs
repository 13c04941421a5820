using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Core.Reports;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Reports;

/// <summary>What phones in the browser measured, by day (by month over many days) and by agent.</summary>
internal sealed class QualityReport(IDbContextFactory<CallCenterDbContext> contexts, ITenantContext tenant, ICallReaches reaches)
{
    // More columns than this nobody can tell apart.
    private const int MostDays = 62;

    public static readonly IReadOnlyList<ReportColumn> Columns =
    [
        new("Measured", ExportCell.Number), new("MosAverage", ExportCell.Fraction), new("MosLowest", ExportCell.Fraction), new("PoorCalls", ExportCell.Number),
        new("PoorShare", ExportCell.Percent), new("PacketLoss", ExportCell.Percent), new("Jitter", ExportCell.Fraction),
    ];

    public async Task<Result<ReportTable>> ReadAsync(ReportInfo info, ReportAsk ask, CancellationToken cancellationToken)
    {
        if (ask.From > ask.To)
        {
            return FigureErrors.RangeBackwards;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId);
        var reach = await reaches.ReadAsync(cancellationToken);
        var holders = reach.Holders.ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var calls = db.Set<PhoneCall>().AsNoTracking().Where(c => c.MosAverage != null);
        calls = reach.All ? calls : calls.Where(c => EF.Parameter(holders).Contains(c.UserId));
        calls = ask.Agent is { } agent ? calls.Where(c => c.Extension == agent) : calls;
        var (start, end) = (LocalDay.StartUtc(ask.From, zone), LocalDay.EndUtc(ask.To, zone));
        var within = calls.Where(c => c.StartedAtUtc >= start && c.StartedAtUtc < end);
        var total = new ReportRow("", "", Values((await SumAsync(within, _ => "", cancellationToken)).SingleOrDefault()), null);
        var byDay = ask.Days <= MostDays;
        var rows = info.Key == "quality-agents"
            ? (await SumAsync(within, c => c.Extension, cancellationToken)).ConvertAll(sum => new ReportRow(sum.Key, sum.Name, Values(sum), null))
            : await DaysAsync(calls, ask, zone, byDay, cancellationToken);
        return new ReportTable(
            info, ask with { Step = byDay ? FigureStep.Day : FigureStep.Month }, tenant.Tenant.TimeZoneId, null, Columns,
            info.Key == "quality-agents" ? [.. rows.OrderByDescending(row => row.Values[0]).ThenBy(row => row.Key, StringComparer.Ordinal)] : rows, total);
    }

    private static async Task<List<ReportRow>> DaysAsync(IQueryable<PhoneCall> calls, ReportAsk ask, TimeZoneInfo zone, bool byDay, CancellationToken cancellationToken)
    {
        var rows = new List<ReportRow>();
        for (var day = ask.From; day <= ask.To;)
        {
            var next = byDay ? day.AddDays(1) : new DateOnly(day.Year, day.Month, 1).AddMonths(1);
            var last = next.AddDays(-1) < ask.To ? next.AddDays(-1) : ask.To;
            var (start, end) = (LocalDay.StartUtc(day, zone), LocalDay.EndUtc(last, zone));
            var sums = await SumAsync(calls.Where(c => c.StartedAtUtc >= start && c.StartedAtUtc < end), _ => "", cancellationToken);
            rows.Add(new ReportRow(start.ToString("O", CultureInfo.InvariantCulture), "", Values(sums.SingleOrDefault()), null) { StartUtc = start });
            day = next;
        }

        return rows;
    }

    private static Task<List<Sum>> SumAsync(
        IQueryable<PhoneCall> calls, System.Linq.Expressions.Expression<Func<PhoneCall, string>> key, CancellationToken cancellationToken) => calls
        .GroupBy(key)
        .Select(group => new Sum(
            group.Key, group.Max(c => c.UserName) ?? "", group.Count(), group.Average(c => c.MosAverage), group.Min(c => c.MosLowest),
            group.Count(c => c.MosAverage < PhoneQuality.Fair), group.Average(c => c.LossPercent), group.Average(c => c.JitterMilliseconds)))
        .ToListAsync(cancellationToken);

    private static IReadOnlyList<double?> Values(Sum? sum) => sum is null
        ? [0, null, null, 0, null, null, null]
        : [sum.Calls, sum.Mos, sum.Lowest, sum.Poor, (double)sum.Poor / sum.Calls, sum.Loss / 100, sum.Jitter];

    private sealed record Sum(string Key, string Name, int Calls, double? Mos, double? Lowest, int Poor, double? Loss, double? Jitter);
}
