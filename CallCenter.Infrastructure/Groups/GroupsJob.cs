using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Groups;

/// <summary>Reads the groups of each tenant's PBX; they change a few times a year.</summary>
internal sealed class GroupsJob(TenantJobTools tools) : TenantJob(tools)
{
    public const string Name = "pbx-groups";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);

    protected override Task<IReadOnlyList<TenantInfo>> ListTenantsAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IPbxDirectory>().ListConfiguredTenantsAsync(cancellationToken);

    protected override string? LeaseFor(TenantInfo tenant) => $"{Name}:{tenant.Id:N}";

    protected override Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken) =>
        services.GetRequiredService<GroupReading>().RunAsync(cancellationToken);
}
