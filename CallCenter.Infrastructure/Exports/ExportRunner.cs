using CallCenter.Core.Exports;
using CallCenter.Core.Jobs;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Exports;

/// <summary>
/// Makes one export under a lease, with the rights of its owner. A node that dies leaves the row running without a lease: the next one begins
/// anew under another name, so that a half file never has a final one.
/// </summary>
internal sealed class ExportRunner(
    IServiceScopeFactory scopes, ILeases leases, ExportStore store, TenantNotices notices, IOptions<ExportOptions> options, TimeProvider time, ILogger<ExportRunner> logger)
{
    private const string JobName = "exports";

    /// <summary>Makes what is due for the tenant, oldest first, until nothing is.</summary>
    public async Task RunDueAsync(TenantInfo tenant, CancellationToken cancellationToken)
    {
        var tried = new HashSet<Guid>();
        while (true)
        {
            Guid next;
            await using (var scope = scopes.CreateAsyncScope())
            {
                scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, JobName);
                await using var db = await ContextAsync(scope, cancellationToken);
                next = await db.Set<Export>()
                    .Where(e => (e.State == ExportState.Queued || e.State == ExportState.Running) && !EF.Parameter(tried.ToList()).Contains(e.Id))
                    .OrderBy(e => e.CreatedAtUtc).Select(e => e.Id).FirstOrDefaultAsync(cancellationToken);
            }

            if (next == Guid.Empty)
            {
                return;
            }

            tried.Add(next);
            await using var lease = await leases.TryAcquireAsync($"export:{next:N}", options.Value.LeaseDuration, cancellationToken);
            if (lease is not null)
            {
                await RunAsync(tenant, next, lease, cancellationToken);
            }
        }
    }

    private static Task<CallCenterDbContext> ContextAsync(AsyncServiceScope scope, CancellationToken cancellationToken) =>
        scope.ServiceProvider.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync(cancellationToken);

    private async Task RunAsync(TenantInfo tenant, Guid id, ILease lease, CancellationToken cancellationToken)
    {
        await using var system = scopes.CreateAsyncScope();
        system.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, JobName);
        using var logged = logger.BeginScope(new Dictionary<string, object> { ["Tenant"] = tenant.Slug, ["Job"] = JobName });
        await using var db = await ContextAsync(system, cancellationToken);
        var export = await db.Set<Export>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, cancellationToken);
        if (export is null || export.State is not (ExportState.Queued or ExportState.Running))
        {
            return;
        }

        var attempt = new ExportAttempt(db, export, time);
        if (export.Attempts >= Export.MaxAttempts)
        {
            await attempt.FailAsync(ExportErrors.GivenUp, cancellationToken);
        }
        else if (await attempt.BeginAsync(cancellationToken))
        {
            notices.Raise(NoticeTopic.Exports, tenant.Id);
            await TryAsync(tenant, attempt, lease, cancellationToken);
        }

        notices.Raise(NoticeTopic.Exports, tenant.Id);
    }

    private async Task TryAsync(TenantInfo tenant, ExportAttempt attempt, ILease lease, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        try
        {
            var written = await WriteAsync(tenant, attempt, ending.Token);
            if (written.Error is { } error)
            {
                await attempt.FailAsync(error, ending.Token);
            }
            else if (!await attempt.CompleteAsync(written.Value, options.Value.KeepFor, ending.Token))
            {
                store.Delete(tenant.Id, attempt.FileKey);
            }
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("The lease of export {Export} was lost; another node goes on.", attempt.Id);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The portal ends: back on the list, and no attempt lost.
            await attempt.GiveBackAsync();
            throw;
        }
        catch (ExportUnwantedException)
        {
            // Cancelled or deleted under our hands; its row says so already.
        }
        catch (UnauthorizedAccessException)
        {
            await attempt.FailAsync(ExportErrors.OwnerLostRights, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            logger.LogError(exception, "Export {Export} failed.", attempt.Id);
            await attempt.FailAsync(ExportErrors.Failed, CancellationToken.None);
        }
    }

    private async Task<Result<long>> WriteAsync(TenantInfo tenant, ExportAttempt attempt, CancellationToken cancellationToken)
    {
        await using var owner = scopes.CreateAsyncScope();
        var rights = new OwnerRights(owner.ServiceProvider, tenant, attempt.Export);
        if (await rights.AskAsync(cancellationToken) is { Error: { } denied })
        {
            return denied;
        }

        FileStream file;
        try
        {
            file = store.Create(tenant.Id, attempt.FileKey);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogError(exception, "The folder of exports cannot be written.");
            return ExportStore.ErrorOf(exception);
        }

        try
        {
            var source = rights.Source;
            await using var total = new ExportTotal(source, attempt, cancellationToken);
            await total.NoteAsync(cancellationToken);
            await using (var writer = WriterOf(attempt.Export.Format, file))
            {
                var last = time.GetTimestamp();
                var note = await source.WriteAsync(
                    attempt.Export,
                    writer,
                    async (rows, token) =>
                    {
                        attempt.Rows = rows;
                        await total.NoteAsync(token);
                        if (time.GetElapsedTime(last) < options.Value.ProgressInterval)
                        {
                            return;
                        }

                        last = time.GetTimestamp();
                        await attempt.ReportAsync(token);
                        if (!(await rights.AskAsync(token)).Succeeded)
                        {
                            throw new UnauthorizedAccessException("The owner lost the right to export.");
                        }

                        notices.Raise(NoticeTopic.Exports, tenant.Id);
                    },
                    cancellationToken);
                if (note.Error is { } error)
                {
                    return error;
                }

                await writer.CompleteAsync(note.Value, cancellationToken);
            }

            return await store.CommitAsync(tenant.Id, attempt.FileKey, file, cancellationToken);
        }
        catch (IOException exception)
        {
            logger.LogError(exception, "Export {Export} could not be written.", attempt.Id);
            return ExportStore.ErrorOf(exception);
        }
        finally
        {
            await file.DisposeAsync();
            store.Discard(tenant.Id, attempt.FileKey);
        }
    }

    private static ITableWriter WriterOf(ExportFormat format, Stream file) => format switch
    {
        ExportFormat.Csv => new CsvTableWriter(file),
        ExportFormat.Xlsx => new XlsxTableWriter(file),
        ExportFormat.Print => new HtmlTableWriter(file),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}

/// <summary>The export is not wanted any more.</summary>
internal sealed class ExportUnwantedException : Exception;
