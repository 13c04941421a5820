using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Extensions.Following;

/// <summary>Finds what waits for a PBX on any node: after a crash, a pause, or an act on a node whose jobs are switched off.</summary>
internal sealed class FollowJob(TenantJobTools tools, Follower follower) : TenantJob(tools)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // A pass may last as long as a bulk act; the others' must not wait for it.
    protected override int Parallelism => 16;

    protected override Task<IReadOnlyList<TenantInfo>> ListTenantsAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IPbxDirectory>().ListConfiguredTenantsAsync(cancellationToken);

    protected override Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        follower.Wake(tenant);
        return Task.FromResult(Result.Success);
    }
}
