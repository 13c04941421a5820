using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Reports;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Recordings.Fetch;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Reports;

/// <summary>Recordings by month: how many, how long, how large, and what became of them.</summary>
internal sealed class RecordingReport(
    IDbContextFactory<CallCenterDbContext> contexts, ITenantContext tenant, ICallReaches reaches, IOptions<RecordingFetchOptions> options, TimeProvider time)
{
    public static readonly IReadOnlyList<ReportColumn> Columns =
    [
        new("Recordings", ExportCell.Number, HasCalls: true), new("Stored", ExportCell.Number), new("Waiting", ExportCell.Number), new("Skipped", ExportCell.Number), new("Lost", ExportCell.Number), new("Deleted", ExportCell.Number),
        new("Length", ExportCell.Duration), new("Bytes", ExportCell.Bytes), new("BytesKept", ExportCell.Bytes),
    ];

    public async Task<Result<ReportTable>> ReadAsync(ReportInfo info, ReportAsk ask, CancellationToken cancellationToken)
    {
        if (ask.From > ask.To)
        {
            return Core.Figures.FigureErrors.RangeBackwards;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var recordings = db.Set<Recording>().AsNoTracking();
        var reach = await reaches.ReadAsync(cancellationToken);
        if (!reach.All)
        {
            var visible = db.Set<Call>().Within(db, reach).Select(call => call.Id);
            recordings = recordings.Where(recording => visible.Contains(recording.CallId));
        }

        var rows = new List<ReportRow>();
        var total = new double[Columns.Count];
        var first = LocalDay.StartUtc(ask.From, zone);
        var since = options.Value.SinceUtc(time.GetUtcNow().UtcDateTime);
        var kept = (double)await recordings.Where(r => r.State == RecordingState.Stored && r.StartedAtUtc < first).SumAsync(r => r.SizeBytes, cancellationToken);
        for (var month = new DateOnly(ask.From.Year, ask.From.Month, 1); month <= ask.To; month = month.AddMonths(1))
        {
            var (from, to) = (month > ask.From ? month : ask.From, month.AddMonths(1).AddDays(-1) < ask.To ? month.AddMonths(1).AddDays(-1) : ask.To);
            var (start, end) = (LocalDay.StartUtc(from, zone), LocalDay.EndUtc(to, zone));
            var states = await recordings.Where(r => r.StartedAtUtc >= start && r.StartedAtUtc < end)
                .GroupBy(r => (r.State == RecordingState.Waiting || r.State == RecordingState.Failed) && r.StartedAtUtc < since ? RecordingState.Skipped : r.State)
                .Select(group => new { State = group.Key, Count = group.LongCount(), Seconds = group.Sum(r => (long)r.DurationSeconds), Bytes = group.Sum(r => r.SizeBytes) })
                .ToListAsync(cancellationToken);
            long Count(params RecordingState[] wanted) => states.Where(s => wanted.Contains(s.State)).Sum(s => s.Count);
            var stored = states.SingleOrDefault(s => s.State == RecordingState.Stored);
            kept += stored?.Bytes ?? 0;
            double[] values =
            [
                states.Sum(s => s.Count), stored?.Count ?? 0, Count(RecordingState.Waiting, RecordingState.Failed), Count(RecordingState.Skipped),
                Count(RecordingState.Missing, RecordingState.Corrupt, RecordingState.Lost),
                Count(RecordingState.Deleting, RecordingState.Deleted), stored?.Seconds ?? 0, stored?.Bytes ?? 0, kept,
            ];
            for (var i = 0; i < total.Length; i++)
            {
                total[i] = i == total.Length - 1 ? values[i] : total[i] + values[i];
            }

            rows.Add(new ReportRow(start.ToString("O", CultureInfo.InvariantCulture), "", [.. values], new CallFilter { From = from, To = to, Recorded = true }) { StartUtc = start });
        }

        return new ReportTable(info, ask with { Step = Core.Figures.FigureStep.Month }, tenant.Tenant.TimeZoneId, null, Columns, rows, new ReportRow("", "", [.. total], null));
    }
}
