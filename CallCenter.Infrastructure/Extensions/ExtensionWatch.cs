using CallCenter.Core.Extensions;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Extensions.Following;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>
/// Tells this node's pages what other nodes changed. While somebody looks, a stamp over the tenant's rows is read every few
/// seconds: counts and sums over an index, whatever the database; no bus to run, and nobody looking costs nothing.
/// </summary>
internal sealed class ExtensionWatch(
    TenantNotices notices, ContextOptions contexts, IOptions<FollowOptions> options, TimeProvider time, ILogger<ExtensionWatch> logger) : BackgroundService
{
    private readonly Dictionary<Guid, Stamp> _last = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WatchInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal ends.
        }
    }

    /// <summary>One look at every tenant that somebody watches here.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var watched = notices.TenantsWith(NoticeTopic.Extensions);
        foreach (var gone in _last.Keys.Except(watched).ToList())
        {
            _last.Remove(gone);
        }

        foreach (var tenantId in watched)
        {
            try
            {
                var stamp = await ReadAsync(tenantId, cancellationToken);
                if (_last.TryGetValue(tenantId, out var last) && last != stamp)
                {
                    notices.Raise(NoticeTopic.Extensions, tenantId);
                }

                _last[tenantId] = stamp;
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
            {
                // The database is away; pages say so themselves, and the next look comes in a moment.
                logger.LogDebug(exception, "Extensions could not be watched.");
            }
        }
    }

    private async Task<Stamp> ReadAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        var scope = new ScopeContext();
        scope.EnterAsSystem(new TenantInfo(tenantId, "", "", "Etc/UTC", "", ""), "extension-watch");
        await using var db = contexts.Create(scope);
        var rows = await db.Set<Extension>()
            .GroupBy(_ => 1)
            .Select(all => new { Count = all.Count(), Versions = all.Sum(e => (long)e.Version), Latest = all.Max(e => e.StepAtUtc) })
            .FirstOrDefaultAsync(cancellationToken);
        var apply = await db.Set<PbxApply>().SumAsync(a => a.Version, cancellationToken);
        var runs = await db.Set<ExtensionRun>().SumAsync(run => run.Version, cancellationToken);
        var read = await db.Set<ExtensionPresence>().MaxAsync(p => (DateTime?)p.ReadAtUtc, cancellationToken);
        return new Stamp(rows?.Count ?? 0, rows?.Versions ?? 0, rows?.Latest, apply, runs, read);
    }

    private sealed record Stamp(int Count, long Versions, DateTime? Latest, int Apply, int Runs, DateTime? ReadAtUtc);
}
