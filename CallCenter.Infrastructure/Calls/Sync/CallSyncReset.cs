using System.Threading.Channels;
using CallCenter.Core.Calls;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Calls.Sync;

/// <summary>Lets the job try again at once when a tenant's PBX settings changed: what failed before says nothing about them.</summary>
internal sealed class CallSyncReset(IPbxChangeNotices changes, ContextOptions contexts, ILogger<CallSyncReset> logger) : BackgroundService
{
    private readonly Channel<Guid> _changed = Channel.CreateUnbounded<Guid>(new UnboundedChannelOptions { SingleReader = true });

    private IDisposable? _subscription;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Not in ExecuteAsync, which starts some time after this returned.
        _subscription = changes.Subscribe(tenantId => _changed.Writer.TryWrite(tenantId));
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _subscription?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var tenantId in _changed.Reader.ReadAllAsync(stoppingToken))
            {
                await ResetAsync(tenantId, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal ends.
        }
    }

    private async Task ResetAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = contexts.Create(new ScopeContext());
            await db.Set<CdrSyncState>()
                .IgnoreQueryFilters([CallCenterDbContext.TenantFilter])
                .Where(state => state.TenantId == tenantId)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(state => state.StoppedAtUtc, (DateTime?)null)
                        .SetProperty(state => state.NextAttemptAtUtc, (DateTime?)null)
                        .SetProperty(state => state.FailedAttempts, 0),
                    cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            // One failure must not end the loop; "Sync now" does the same for this tenant.
            logger.LogError(exception, "The pause of a tenant's call sync could not be lifted.");
        }
    }
}
