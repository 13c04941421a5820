using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Telephony.Ucm;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Import;

internal sealed class CallImport(
    IDbContextFactory<CallCenterDbContext> contexts, ICallWriter writer, IAuditTrail audit, TenantNotices notices, ICaller caller, TimeProvider time) : ICallImport
{
    private const int RowsPerBatch = 2_000;
    private const int SampleRows = 20;
    private const int SampleRefused = 20;
    private const int LongestRaw = 500;

    public async Task<Result<CallImportPreview>> PreviewAsync(Stream file, string timeZoneId, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(file, timeZoneId, cancellationToken);
        if (opened.Error is { } error)
        {
            return error;
        }

        var (_, zone, reader) = opened.Value;
        using var _ = reader;
        var tally = new Tally(SampleRefused);
        List<CallImportRow> sample = [];
        HashSet<TimeSpan> seen = [];
        var placing = new CallFilePlacing(zone, time);
        DateTime? first = null;
        DateTime? last = null;
        var zoneFits = true;
        await foreach (var rows in BatchesAsync(reader, tally, cancellationToken))
        {
            var legs = placing.Place(rows);
            seen.UnionWith(placing.Observed);
            zoneFits &= placing.ZoneFits;
            foreach (var (leg, row) in legs.Zip(rows))
            {
                first = first < leg.StartUtc ? first : leg.StartUtc;
                last = last > leg.StartUtc ? last : leg.StartUtc;
                if (sample.Count < SampleRows)
                {
                    sample.Add(new CallImportRow(
                        row.Item, leg.StartUtc, leg.Source, leg.Destination, leg.Direction, leg.Disposition, leg.DurationSeconds, leg.BillableSeconds));
                }
            }
        }

        return tally.Rows + tally.RefusedCount == 0
            ? CallImportErrors.Empty
            : new CallImportPreview(reader.Format, tally.Rows, tally.RefusedCount, tally.Refused, first, last, [.. seen.Order()], zoneFits, sample);
    }

    public async Task<Result<CallImportReport>> RunAsync(
        Stream file, string timeZoneId, Action<CallImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(file, timeZoneId, cancellationToken);
        if (opened.Error is { } error)
        {
            return error;
        }

        var (pbx, zone, reader) = opened.Value;
        using var _ = reader;
        var tally = new Tally(CallImportReport.MaxRefused);
        var placing = new CallFilePlacing(zone, time);
        long stored = 0, added = 0, callsAdded = 0, callsChanged = 0;
        var cancelled = false;
        try
        {
            await foreach (var rows in BatchesAsync(reader, tally, cancellationToken))
            {
                var written = await writer.AddAsync(pbx.Id, placing.Place(rows), cancellationToken);
                stored += rows.Count;
                added += written.LegsAdded;
                callsAdded += written.CallsAdded;
                callsChanged += written.CallsChanged;
                progress?.Invoke(new CallImportProgress(file.Length == 0 ? 1 : (double)file.Position / file.Length, stored, added));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            cancelled = true;
        }

        var report = new CallImportReport(stored, added, stored - added, callsAdded, callsChanged, tally.RefusedCount, tally.Refused, cancelled);
        await NoteAsync(pbx, report);
        return report;
    }

    private async Task<Result<(PbxConnection Pbx, TimeZoneInfo Zone, CallFileReader Reader)>> OpenAsync(
        Stream file, string timeZoneId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Calls.Import))
        {
            return AccessErrors.Denied;
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZoneId, out var zone))
        {
            return CallImportErrors.Zone;
        }

        if (file.Length > ICallImport.MaxBytes)
        {
            return CallImportErrors.TooLarge;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<PbxConnection>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } pbx)
        {
            return TelephonyErrors.NotConfigured;
        }

        var reader = await CallFileReader.OpenAsync(file, cancellationToken);
        return reader.Error is { } error ? error : (pbx, zone, reader.Value);
    }

    private static async IAsyncEnumerable<IReadOnlyList<UcmCdrRow>> BatchesAsync(
        CallFileReader reader, Tally tally, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<UcmCdrRow> rows = new(RowsPerBatch);
        while (await reader.NextAsync(cancellationToken) is { } line)
        {
            if (line.Row is { } row)
            {
                tally.Rows++;
                rows.Add(row);
            }
            else
            {
                tally.Refuse(line.Number, line.Refusal!, line.Raw);
            }

            if (rows.Count == RowsPerBatch)
            {
                yield return rows;
                rows = new(RowsPerBatch);
            }
        }

        if (rows.Count > 0)
        {
            yield return rows;
        }
    }

    // What is stored is stored, whoever closed the page meanwhile.
    private async Task NoteAsync(PbxConnection pbx, CallImportReport report)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        audit.Append(db, new AuditNote(CallAuditActions.Imported, AuditSubjects.Pbx, pbx.Id.ToString("D"), pbx.Host)
        {
            After = new AuditValues { ["created"] = report.Added, ["skipped"] = report.Known, ["refused"] = report.RefusedCount },
        });
        await db.SaveChangesAsync(CancellationToken.None);
        notices.Raise(NoticeTopic.Calls, db.CurrentTenantId);
    }

    private sealed class Tally(int most)
    {
        public long Rows { get; set; }

        public long RefusedCount { get; private set; }

        public List<CallImportRefusal> Refused { get; } = [];

        public void Refuse(long line, Error reason, string raw)
        {
            RefusedCount++;
            if (Refused.Count < most)
            {
                Refused.Add(new CallImportRefusal(line, reason, raw.Length <= LongestRaw ? raw : raw[..LongestRaw] + "…"));
            }
        }
    }
}
