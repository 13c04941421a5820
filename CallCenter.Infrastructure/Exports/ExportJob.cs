using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Exports;

/// <summary>
/// Finds exports that nobody is making: asked for on a node whose jobs are off, or left by one that died. Deletes files whose time is over,
/// then rows of long ago, and what no row names.
/// </summary>
internal sealed class ExportJob(TenantJobTools tools, ExportQueue queue, ExportStore store, TenantNotices notices, IOptions<ExportOptions> options, TimeProvider time)
    : TenantJob(tools)
{
    public const string JobName = "exports";

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync(cancellationToken);
        if (await db.Set<Export>().AnyAsync(e => e.State == ExportState.Queued || e.State == ExportState.Running, cancellationToken))
        {
            queue.Wake(tenant);
        }

        var now = time.GetUtcNow().UtcDateTime;
        var over = await db.Set<Export>().AsNoTracking().Where(e => e.State == ExportState.Done && e.ExpiresAtUtc <= now).Take(100).ToListAsync(cancellationToken);
        foreach (var export in over)
        {
            // The file first: a crash between the two leaves a row that says done without a file, and the next run finds it again.
            if (store.Delete(tenant.Id, export.FileKey).Error is { } error)
            {
                return error;
            }

            await db.Set<Export>().Where(e => e.Id == export.Id && e.State == ExportState.Done)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.State, ExportState.Expired).SetProperty(e => e.FileKey, ""), cancellationToken);
        }

        if (over.Count > 0)
        {
            notices.Raise(NoticeTopic.Exports, tenant.Id);
        }

        if (!store.IsSweepDue(tenant.Id))
        {
            return Result.Success;
        }

        var old = now - options.Value.KeepRowFor;
        await db.Set<Export>()
            .Where(e => e.CreatedAtUtc < old && (e.State == ExportState.Expired || e.State == ExportState.Failed || e.State == ExportState.Cancelled))
            .ExecuteDeleteAsync(cancellationToken);
        var named = await db.Set<Export>().Where(e => e.FileKey != "").Select(e => e.FileKey).ToListAsync(cancellationToken);
        store.Sweep(tenant.Id, named.ToHashSet(StringComparer.Ordinal));
        return Result.Success;
    }
}
