using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Extensions.Truth;

/// <summary>
/// Keeps registration states true, and compares a few extensions whole each time. A PBX that is down is an outcome, not a
/// failure of the job; how long to leave it alone is stored with the reading, for all nodes.
/// </summary>
internal sealed class ExtensionStatesJob(TenantJobTools tools) : TenantJob(tools)
{
    public const string JobName = "extension-states";

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly TenantJobTools _tools = tools;

    // They wait for their PBXs, each for its own.
    protected override int Parallelism => 16;

    public static string LeaseName(Guid tenantId) => $"{JobName}:{tenantId}";

    protected override Task<IReadOnlyList<TenantInfo>> ListTenantsAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IPbxDirectory>().ListConfiguredTenantsAsync(cancellationToken);

    protected override string? LeaseFor(TenantInfo tenant) => LeaseName(tenant.Id);

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        var pbx = await services.GetRequiredService<IPbxDirectory>().GetAsync(cancellationToken);
        if (pbx.Error is { } error)
        {
            return error;
        }

        var interval = _tools.IntervalOf(_tools.PlanOf(typeof(ExtensionStatesJob)));
        var states = services.GetRequiredService<ExtensionStates>();
        if (await states.IsDueAsync(pbx.Value.PbxId, interval, cancellationToken)
            && (await states.ReadAsync(pbx.Value, interval, cancellationToken)).Succeeded)
        {
            await services.GetRequiredService<ExtensionReader>().ReadDueAsync(pbx.Value, cancellationToken);
        }

        return Result.Success;
    }
}
