using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Recordings.Fetch;

/// <summary>Fetches recordings of each tenant's PBX, on one node at a time.</summary>
internal sealed class RecordingFetchJob(TenantJobTools tools) : TenantJob(tools)
{
    public const string Name = "recordings-fetch";

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override Task<IReadOnlyList<TenantInfo>> ListTenantsAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IPbxDirectory>().ListConfiguredTenantsAsync(cancellationToken);

    // A tenant has one PBX.
    protected override string LeaseFor(TenantInfo tenant) => $"{Name}:{tenant.Id:N}";

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        var pbx = await services.GetRequiredService<IPbxDirectory>().GetAsync(cancellationToken);
        return pbx.Error is { } error ? error : await services.GetRequiredService<RecordingFetch>().RunAsync(pbx.Value, cancellationToken);
    }
}
