using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Figures;

/// <summary>Looks every quarter of an hour whether there is something to count, or a night to prove.</summary>
internal sealed class FigureRecountJob(TenantJobTools tools) : TenantJob(tools)
{
    public const string Name = "figures-recount";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    // Reads whole days of calls; one tenant at a time leaves the database to the people.
    protected override int Parallelism => 1;

    protected override string? LeaseFor(TenantInfo tenant) => $"{Name}:{tenant.Id:N}";

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<FigureProving>().RunAsync(cancellationToken);
        return Result.Success;
    }
}
