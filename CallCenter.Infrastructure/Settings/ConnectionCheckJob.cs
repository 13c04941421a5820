using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Settings;

/// <summary>Keeps each tenant's connection status true. A PBX that is down is an outcome, not a failure of the job.</summary>
internal sealed class ConnectionCheckJob(TenantJobTools tools) : TenantJob(tools)
{
    protected override int Parallelism => 8;

    protected override Task<IReadOnlyList<TenantInfo>> ListTenantsAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IPbxDirectory>().ListConfiguredTenantsAsync(cancellationToken);

    // One node logs in, not all of them.
    protected override string? LeaseFor(TenantInfo tenant) => $"connection-check:{tenant.Id}";

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<ConnectionChecker>().CheckAsync(cancellationToken);
        return Result.Success;
    }
}
