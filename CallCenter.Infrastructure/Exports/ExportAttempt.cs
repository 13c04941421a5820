using System.Globalization;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Exports;

/// <summary>
/// One attempt at an export, as its row knows it. Every statement names the attempt, so that a node that lost its lease changes nothing, and
/// a row that somebody cancelled is seen at the next one.
/// </summary>
internal sealed class ExportAttempt(CallCenterDbContext db, Export export, TimeProvider time)
{
    private readonly int _number = export.Attempts + 1;

    public Export Export => export;

    public Guid Id => export.Id;

    /// <summary>Rows written so far.</summary>
    public long Rows { get; set; }

    /// <summary>Of this attempt alone.</summary>
    public string FileKey => string.Create(CultureInfo.InvariantCulture, $"{export.Id:N}-{_number}.{ExtensionOf(export.Format)}");

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private IQueryable<Export> Mine => db.Set<Export>().Where(e => e.Id == export.Id && e.State == ExportState.Running && e.Attempts == _number);

    public static string ExtensionOf(ExportFormat format) => format switch
    {
        ExportFormat.Csv => "csv",
        ExportFormat.Xlsx => "xlsx",
        _ => "html",
    };

    /// <summary>Makes the row this attempt's; false when it changed meanwhile.</summary>
    public async Task<bool> BeginAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        export.StartedAtUtc = now;
        return await db.Set<Export>()
            .Where(e => e.Id == export.Id && e.State == export.State && e.Attempts == export.Attempts)
            .ExecuteUpdateAsync(
                set => set.SetProperty(e => e.State, ExportState.Running)
                    .SetProperty(e => e.Attempts, _number)
                    .SetProperty(e => e.StartedAtUtc, now)
                    .SetProperty(e => e.RowsDone, 0)
                    .SetProperty(e => e.RowsOf, (long?)null),
                cancellationToken) == 1;
    }

    public Task NoteTotalAsync(long? rows, CancellationToken cancellationToken) =>
        Mine.ExecuteUpdateAsync(set => set.SetProperty(e => e.RowsOf, rows), cancellationToken);

    /// <exception cref="ExportUnwantedException">The row is another's now, cancelled or gone.</exception>
    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        var rows = Rows;
        if (await Mine.ExecuteUpdateAsync(set => set.SetProperty(e => e.RowsDone, rows), cancellationToken) == 0)
        {
            throw new ExportUnwantedException();
        }
    }

    /// <summary>False when nobody wants the file any more.</summary>
    public async Task<bool> CompleteAsync(long bytes, TimeSpan keepFor, CancellationToken cancellationToken)
    {
        var (now, rows, key) = (Now, Rows, FileKey);
        var expires = now + keepFor;
        return await Mine.ExecuteUpdateAsync(
            set => set.SetProperty(e => e.State, ExportState.Done)
                .SetProperty(e => e.RowsDone, rows)
                .SetProperty(e => e.RowsOf, rows)
                .SetProperty(e => e.SizeBytes, bytes)
                .SetProperty(e => e.FileKey, key)
                .SetProperty(e => e.FinishedAtUtc, now)
                .SetProperty(e => e.ExpiresAtUtc, expires),
            cancellationToken) == 1;
    }

    /// <summary>Ends an attempt, or a row that had too many of them.</summary>
    public Task FailAsync(Error error, CancellationToken cancellationToken)
    {
        var (now, code, rows) = (Now, error.Code, Rows);
        return db.Set<Export>()
            .Where(e => e.Id == export.Id && (e.State == ExportState.Running || e.State == ExportState.Queued) && (e.Attempts == _number || e.Attempts == export.Attempts))
            .ExecuteUpdateAsync(
                set => set.SetProperty(e => e.State, ExportState.Failed)
                    .SetProperty(e => e.Failure, code)
                    .SetProperty(e => e.RowsDone, rows)
                    .SetProperty(e => e.FinishedAtUtc, now),
                cancellationToken);
    }

    /// <summary>Puts the row back on the list; the portal ends, so nothing stops this but the host's own patience.</summary>
    public Task GiveBackAsync() => Mine.ExecuteUpdateAsync(
        set => set.SetProperty(e => e.State, ExportState.Queued).SetProperty(e => e.Attempts, _number - 1).SetProperty(e => e.RowsDone, 0), CancellationToken.None);
}
