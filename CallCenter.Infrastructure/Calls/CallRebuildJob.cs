using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Calls;

/// <summary>Brings stored calls up to the rules of this version, after an upgrade; otherwise it finds nothing to do.</summary>
internal sealed class CallRebuildJob(TenantJobTools tools) : TenantJob(tools)
{
    public const string Name = "calls-rebuild";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    // A round ends, so that no tenant waits for ever; the next one goes on.
    private const int StepsPerRound = 400;

    // It shares the database with people at work.
    protected override int Parallelism => 1;

    protected override string LeaseFor(TenantInfo tenant) => $"{Name}:{tenant.Id:N}";

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<CallRebuild>().RunAsync(StepsPerRound, cancellationToken);
        return Result.Success;
    }
}
