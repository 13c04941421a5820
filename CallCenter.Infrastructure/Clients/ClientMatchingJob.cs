using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Clients;

/// <summary>Matches what a change of the client book left for later: most calls are matched with the change itself.</summary>
internal sealed class ClientMatchingJob(TenantJobTools tools) : TenantJob(tools)
{
    public const string Name = "client-matching";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // A round ends, so that no tenant waits for ever; the next one goes on.
    private const int StepsPerRound = 500;

    protected override string LeaseFor(TenantInfo tenant) => $"{Name}:{tenant.Id:N}";

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        var matching = services.GetRequiredService<ClientMatching>();
        await matching.ReadOldCallsAsync(StepsPerRound, cancellationToken);
        await matching.RunAsync(StepsPerRound, cancellationToken);
        return Result.Success;
    }
}
