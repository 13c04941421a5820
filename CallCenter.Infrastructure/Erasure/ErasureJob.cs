using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Erasure;

/// <summary>Erases numbers that were asked for, and calls whose holds ended.</summary>
internal sealed class ErasureJob(TenantJobTools tools) : TenantJob(tools)
{
    public const string Name = "erasures";

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override string LeaseFor(TenantInfo tenant) => $"{Name}:{tenant.Id:N}";

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        var result = await services.GetRequiredService<ErasureRunner>().RunAsync(cancellationToken);
        await services.GetRequiredService<ErasureSeals>().EraseReleasedAsync(cancellationToken);
        return result;
    }
}
