using CallCenter.Core.Jobs;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace CallCenter.Infrastructure.Jobs;

/// <summary>What every tenant job needs; one constructor parameter instead of five.</summary>
internal sealed class TenantJobTools(
    IServiceScopeFactory scopes, ILeases leases, JobBackoff backoff, IEnumerable<JobPlan> plans, IOptions<JobsOptions> options, ILoggerFactory loggers)
{
    public IServiceScopeFactory Scopes => scopes;

    public ILeases Leases => leases;

    public JobBackoff Backoff => backoff;

    public ILogger LoggerOf(Type job) => loggers.CreateLogger(job);

    public JobPlan PlanOf(Type job) => plans.Single(plan => plan.JobType == job);

    public TimeSpan IntervalOf(JobPlan plan) => options.Value.IntervalOf(plan);
}

/// <summary>
/// A job that does the same for each tenant, each in a scope of its own that is bound to the tenant. One tenant's failure
/// does not touch the others; it waits longer each time. Register it with
/// <see cref="JobsServiceCollectionExtensions.AddTenantJob{TJob}"/>.
/// </summary>
[DisallowConcurrentExecution]
internal abstract class TenantJob(TenantJobTools tools) : IJob
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(1);

    /// <summary>Tenants worked on at once.</summary>
    protected virtual int Parallelism => 4;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await RunForAllAsync(cancellationToken);

    /// <summary>One round over all tenants, as the trigger does it.</summary>
    public async Task RunForAllAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<TenantInfo> tenants;
        await using (var scope = tools.Scopes.CreateAsyncScope())
        {
            tenants = await ListTenantsAsync(scope.ServiceProvider, cancellationToken);
        }

        var plan = tools.PlanOf(GetType());
        var logger = tools.LoggerOf(GetType());
        await Parallel.ForEachAsync(
            tenants.Where(tenant => !tools.Backoff.MustWait(plan.Name, tenant.Id)),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (tenant, token) => await RunForOneAsync(plan, tenant, logger, token));
    }

    /// <summary>The tenants to work for; every active one unless overridden.</summary>
    protected virtual Task<IReadOnlyList<TenantInfo>> ListTenantsAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<ITenantDirectory>().ListActiveAsync(cancellationToken);

    /// <summary>
    /// Name of the lease that makes this node the only one at work for the tenant, e.g. <c>cdr:{tenant}</c>; null when every
    /// node may. A tenant whose lease another node holds is skipped.
    /// </summary>
    protected virtual string? LeaseFor(TenantInfo tenant) => null;

    /// <summary>The work for one tenant. An error or exception is logged and makes the tenant wait.</summary>
    /// <param name="services">Of a scope bound to <paramref name="tenant"/>.</param>
    /// <param name="tenant">Whom to work for.</param>
    /// <param name="cancellationToken">Fires at shutdown, and when the lease is lost.</param>
    protected abstract Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken);

    private async Task RunForOneAsync(JobPlan plan, TenantInfo tenant, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            var lease = LeaseFor(tenant) is { } name ? await tools.Leases.TryAcquireAsync(name, LeaseDuration, cancellationToken) : null;
            await using (lease)
            {
                if (lease is null && LeaseFor(tenant) is not null)
                {
                    return;
                }

                using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease?.Lost ?? CancellationToken.None);
                await using var scope = tools.Scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, plan.Name);
                using var _ = logger.BeginScope(new Dictionary<string, object> { ["Tenant"] = tenant.Slug, ["Job"] = plan.Name });
                var result = await RunAsync(scope.ServiceProvider, tenant, linked.Token);
                if (result.Error is { } error)
                {
                    var (pause, failures) = tools.Backoff.Failed(plan.Name, tenant.Id, tools.IntervalOf(plan));
                    logger.Log(
                        failures == 1 ? LogLevel.Warning : LogLevel.Debug,
                        "{Job} for tenant {Tenant} failed {Failures} times: {Code}; next attempt in {Pause}.", plan.Name, tenant.Slug, failures, error.Code, pause);
                }
                else
                {
                    tools.Backoff.Succeeded(plan.Name, tenant.Id);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var (pause, failures) = tools.Backoff.Failed(plan.Name, tenant.Id, tools.IntervalOf(plan));
            logger.LogError(
                exception, "{Job} for tenant {Tenant} failed {Failures} times; next attempt in {Pause}.", plan.Name, tenant.Slug, failures, pause);
        }
    }
}
