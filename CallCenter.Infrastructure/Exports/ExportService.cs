using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Exports;

internal sealed class ExportService(
    IDbContextFactory<CallCenterDbContext> contexts,
    ITenantContext tenant,
    ICaller caller,
    ICallReaches reaches,
    IEnumerable<IExportSource> sources,
    IAuditTrail audit,
    ExportStore store,
    ExportQueue queue,
    TenantNotices notices,
    IOptions<ExportOptions> options,
    TimeProvider time) : IExports
{
    private const int ListCount = 200;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<Guid>> StartAsync(ExportOrder order, CancellationToken cancellationToken = default)
    {
        var source = sources.SingleOrDefault(candidate => candidate.Gives(order.Kind));
        if (!caller.May(Permissions.Reports.Export) || caller.UserId is not { } userId || source is null || !caller.May(source.Permission))
        {
            return AccessErrors.Denied;
        }

        if (!Enum.IsDefined(order.Format) || source.Freeze(order.Report, order.Filter, Today()) is not { Length: <= Export.FilterMaxLength } filter)
        {
            return ExportErrors.BadSelection;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var waiting = await db.Set<Export>().CountAsync(e => e.OwnerId == userId && (e.State == ExportState.Queued || e.State == ExportState.Running), cancellationToken);
        if (waiting >= options.Value.MaxWaiting)
        {
            return ExportErrors.TooMany;
        }

        var export = new Export
        {
            OwnerId = userId,
            OwnerName = Cut(caller.Name, Export.OwnerNameMaxLength),
            Kind = order.Kind,
            Format = order.Format,
            Filter = filter,
            Columns = order.Kind == ExportKind.Report || order.Columns.Count == 0 ? "" : string.Join(',', CallExportColumns.Read(string.Join(',', order.Columns)).Select(column => column.Key)),
            Report = order.Report,
            Subject = Cut(order.Subject, Export.SubjectMaxLength),
            Language = order.Language == "ar" ? "ar" : "en",
            TimeZoneId = tenant.Tenant.TimeZoneId,
            Reach = ExportReach.Write(await reaches.ReadAsync(cancellationToken)),
            State = ExportState.Queued,
            CreatedAtUtc = Now,
        };
        db.Add(export);
        Note(db, ExportAuditActions.Created, export);
        await db.SaveChangesAsync(cancellationToken);
        notices.Raise(NoticeTopic.Exports, tenant.TenantId);
        queue.Wake(tenant.Tenant);
        return export.Id;
    }

    public async Task<Result<IReadOnlyList<ExportRow>>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Reports.Export))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var exports = await Visible(db).OrderByDescending(e => e.CreatedAtUtc).ThenByDescending(e => e.Id).Take(ListCount).ToListAsync(cancellationToken);
        return exports.ConvertAll(RowOf);
    }

    public async Task<Result<ExportRow>> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        var found = await ReadAsync(id, cancellationToken);
        return found.Error is { } error ? error : RowOf(found.Value);
    }

    public async Task<Result> CancelAsync(Guid id, CancellationToken cancellationToken = default)
    {
        var found = await ReadAsync(id, cancellationToken);
        if (found.Error is { } error)
        {
            return error;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = Now;
        var cancelled = await db.Set<Export>()
            .Where(e => e.Id == id && (e.State == ExportState.Queued || e.State == ExportState.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.State, ExportState.Cancelled).SetProperty(e => e.FinishedAtUtc, now), cancellationToken);
        if (cancelled == 0)
        {
            return ExportErrors.AlreadyOver;
        }

        Note(db, ExportAuditActions.Cancelled, found.Value);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        notices.Raise(NoticeTopic.Exports, tenant.TenantId);
        return Result.Success;
    }

    public async Task<Result> DeleteAsync(Guid id, CancellationToken cancellationToken = default)
    {
        var found = await ReadAsync(id, cancellationToken);
        if (found.Error is { } error)
        {
            return error;
        }

        // The file first: a crash between the two leaves a row to delete again, not a file that no row names.
        var export = found.Value;
        if (export.FileKey.Length > 0 && store.Delete(tenant.TenantId, export.FileKey).Error is { } failed)
        {
            return failed;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Remove(export);
        Note(db, ExportAuditActions.Deleted, export);
        await db.SaveChangesAsync(cancellationToken);
        notices.Raise(NoticeTopic.Exports, tenant.TenantId);
        return Result.Success;
    }

    public async Task<Result<ExportFile>> OpenAsync(Guid id, bool isContinued = false, CancellationToken cancellationToken = default)
    {
        var found = await ReadAsync(id, cancellationToken);
        if (found.Error is { } error)
        {
            return error;
        }

        var export = found.Value;
        if (!sources.Any(source => source.Gives(export.Kind) && caller.May(source.Permission)))
        {
            return ExportErrors.NotFound;
        }

        if (export is not { State: ExportState.Done, FileKey.Length: > 0 })
        {
            return ExportErrors.NoFile;
        }

        if (!ExportReach.IsWithin(export.Reach, await reaches.ReadAsync(cancellationToken)))
        {
            return ExportErrors.ReachNarrower;
        }

        var file = store.Open(tenant.TenantId, export.FileKey);
        if (file.Error is { } missing)
        {
            return missing;
        }

        if (!isContinued)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            Note(db, ExportAuditActions.Downloaded, export);
            await db.SaveChangesAsync(cancellationToken);
        }

        return new ExportFile(file.Value, ExportFiles.NameOf(export, tenant.Tenant), ExportFiles.TypeOf(export.Format), export.Format == ExportFormat.Print, export.FinishedAtUtc ?? export.CreatedAtUtc);
    }

    public IDisposable Subscribe(Func<Task> changed) => notices.Subscribe(NoticeTopic.Exports, tenant.TenantId, changed);

    // Who was searched for must be erasable, and the log is not.
    private static string Unnamed(string filter) =>
        string.Join('&', ExportFilterText.Read(filter).Select(pair => $"{pair.Key}={(pair.Key is "q" or "name" or "client" ? "*" : pair.Value)}"));

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    private DateOnly Today() => LocalDay.Of(Now, TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId));

    private IQueryable<Export> Visible(CallCenterDbContext db)
    {
        var (all, userId) = (caller.May(Permissions.Calls.ViewAll), caller.UserId);
        return db.Set<Export>().AsNoTracking().Where(e => all || e.OwnerId == userId);
    }

    private async Task<Result<Export>> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Reports.Export))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Visible(db).SingleOrDefaultAsync(e => e.Id == id, cancellationToken) is { } export ? export : ExportErrors.NotFound;
    }

    private ExportRow RowOf(Export e) => new(
        e.Id, e.Kind, e.Format, e.Filter, e.Report, e.Subject, e.State, e.RowsDone, e.RowsOf, e.SizeBytes, e.Failure, e.OwnerName, e.OwnerId == caller.UserId, e.ScheduleId,
        e.CreatedAtUtc, e.StartedAtUtc, e.FinishedAtUtc, e.ExpiresAtUtc);

    private void Note(CallCenterDbContext db, string action, Export export) =>
        audit.Append(db, new AuditNote(action, AuditSubjects.Export, export.Id.ToString(), ExportFiles.NameOf(export, tenant.Tenant))
        {
            After = new AuditValues
            {
                ["exportKind"] = export.Kind,
                ["exportFormat"] = export.Format,
                ["report"] = export.Report,
                ["selection"] = Unnamed(export.Filter),
                ["rows"] = export.RowsDone,
            },
        });
}
