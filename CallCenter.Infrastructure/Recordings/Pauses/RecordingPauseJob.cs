using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Recordings.Pauses;

/// <summary>Ends marks that nobody ended, and ties those that were made while their call was being stored.</summary>
internal sealed class RecordingPauseJob(TenantJobTools tools) : TenantJob(tools)
{
    public const string Name = "recordings-pauses";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override int Parallelism => 1;

    protected override string LeaseFor(TenantInfo tenant) => $"{Name}:{tenant.Id:N}";

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<PauseMarks>().TidyAsync(cancellationToken);
        return Result.Success;
    }
}
