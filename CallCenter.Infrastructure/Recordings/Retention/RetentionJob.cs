using System.Collections.Concurrent;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Recordings.Retention;

/// <summary>When each tenant was last looked at for old recordings on this node.</summary>
internal sealed class RetentionHours(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _looked = new();

    public bool IsOver(Guid tenantId) => !_looked.TryGetValue(tenantId, out var at) || time.GetUtcNow() - at >= RetentionRunner.Every;

    public void Begin(Guid tenantId) => _looked[tenantId] = time.GetUtcNow();
}

/// <summary>Deletes recordings by age: at once what was asked for or left by a crash, by itself every hour.</summary>
internal sealed class RetentionJob(TenantJobTools tools, RetentionHours hours) : TenantJob(tools)
{
    public const string Name = "recordings-retention";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override string LeaseFor(TenantInfo tenant) => $"{Name}:{tenant.Id:N}";

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        var look = hours.IsOver(tenant.Id);
        var result = await services.GetRequiredService<RetentionRunner>().RunAsync(look, cancellationToken);
        if (look && result.Succeeded)
        {
            hours.Begin(tenant.Id);
        }

        return result;
    }
}
