using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Extensions.Following;

/// <summary>
/// Works on what <see cref="Follower"/> was woken for, tenants side by side. On a node whose jobs are switched off it does
/// nothing: another node's job finds the work within its interval.
/// </summary>
internal sealed class FollowWorker(
    Follower follower, IPbxChangeNotices changes, IServiceScopeFactory scopes, IOptions<JobsOptions> jobs, ILogger<FollowWorker> logger) : BackgroundService
{
    private IDisposable? _subscription;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Not in ExecuteAsync, which starts some time after this returned.
        _subscription = changes.Subscribe(tenantId => _ = Task.Run(() => InsistAsync(tenantId), CancellationToken.None));
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _subscription?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!jobs.Value.Enabled)
        {
            return;
        }

        try
        {
            await Parallel.ForEachAsync(
                follower.Requests.ReadAllAsync(stoppingToken),
                new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stoppingToken },
                WorkAsync);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal ends; what is stored is enough to go on.
        }
    }

    private async ValueTask WorkAsync(FollowRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (await follower.RunAsync(request.Tenant, request.Insist, cancellationToken) is { Error: { } error })
            {
                logger.LogWarning("Extensions of tenant {Tenant} wait: {Code}.", request.Tenant.Slug, error.Code);
            }
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            // The job comes back to it; one tenant's failure must not end the work for the others.
            logger.LogError(exception, "Extensions of tenant {Tenant} could not be worked on.", request.Tenant.Slug);
        }
    }

    private async Task InsistAsync(Guid tenantId)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var tenants = await scope.ServiceProvider.GetRequiredService<ITenantDirectory>().ListActiveAsync(CancellationToken.None);
            if (tenants.FirstOrDefault(tenant => tenant.Id == tenantId) is { } found)
            {
                follower.Insist(found);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The pause then ends by itself.
            logger.LogWarning(exception, "Extensions of tenant {TenantId} were not woken after a change of settings.", tenantId);
        }
    }
}
