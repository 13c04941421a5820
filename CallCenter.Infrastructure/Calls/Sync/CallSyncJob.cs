using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Calls.Sync;

/// <summary>Syncs each tenant's PBX every few minutes. Pauses after failures are the sync state's, not the job's: they outlive the process.</summary>
internal sealed class CallSyncJob(TenantJobTools tools, CallSyncRuns runs) : TenantJob(tools)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(3);

    protected override Task<IReadOnlyList<TenantInfo>> ListTenantsAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IPbxDirectory>().ListConfiguredTenantsAsync(cancellationToken);

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        var pbx = await services.GetRequiredService<IPbxDirectory>().GetAsync(cancellationToken);
        if (pbx.Error is { } error)
        {
            return error;
        }

        if (await services.GetRequiredService<CdrSyncStates>().MustWaitAsync(pbx.Value.PbxId, cancellationToken))
        {
            return Result.Success;
        }

        var started = await runs.StartOrJoinAsync(tenant, pbx.Value, cancellationToken);
        if (started.Succeeded)
        {
            await started.Value.Run.Completion.WaitAsync(cancellationToken);
        }

        return Result.Success;
    }
}
