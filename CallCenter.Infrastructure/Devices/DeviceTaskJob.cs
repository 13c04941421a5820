using CallCenter.Core.Devices;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Devices;

/// <summary>Sends scheduled tasks and follows sent ones, for tenants that have any. Without open tasks GDMS is left alone.</summary>
internal sealed class DeviceTaskJob(TenantJobTools tools) : TenantJob(tools)
{
    public const string JobName = "device-tasks";

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    protected override async Task<IReadOnlyList<TenantInfo>> ListTenantsAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = services.GetRequiredService<ContextOptions>().Create(services.GetRequiredService<ScopeContext>());
        var open = db.Set<DeviceTask>()
            .IgnoreQueryFilters([CallCenterDbContext.TenantFilter])
            .Where(task => task.State < DeviceTaskState.Ended);
        return await db.Set<Tenant>()
            .Where(tenant => tenant.SuspendedAtUtc == null && open.Any(task => task.TenantId == tenant.Id))
            .OrderBy(tenant => tenant.Slug)
            .Select(tenant => new TenantInfo(tenant.Id, tenant.Slug, tenant.Name, tenant.TimeZoneId, tenant.CountryCode, tenant.Language))
            .ToListAsync(cancellationToken);
    }

    protected override string? LeaseFor(TenantInfo tenant) => $"{JobName}:{tenant.Id:N}";

    protected override Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken) =>
        services.GetRequiredService<DeviceTaskFollower>().RunAsync(cancellationToken);
}
