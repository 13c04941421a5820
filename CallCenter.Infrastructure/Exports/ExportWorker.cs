using CallCenter.Infrastructure.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Exports;

/// <summary>Makes exports, some at once. On a node whose jobs are switched off it does nothing; another node's job finds them.</summary>
internal sealed class ExportWorker(
    ExportQueue queue, ExportRunner runner, IOptions<ExportOptions> options, IOptions<JobsOptions> jobs, ILogger<ExportWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!jobs.Value.Enabled)
        {
            return;
        }

        var parallel = options.Value.Parallel;
        try
        {
            await Parallel.ForEachAsync(
                queue.ReadAsync(stoppingToken),
                new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = stoppingToken },
                async (tenant, token) =>
                {
                    // One place is left for the others, lest a tenant with many exports keep everybody waiting.
                    if (!queue.TryBegin(tenant, Math.Max(1, parallel - 1)))
                    {
                        return;
                    }

                    try
                    {
                        await runner.RunDueAsync(tenant, token);
                    }
                    catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
                    {
                        // The job comes back to it; one tenant's failure must not end the work for the others.
                        logger.LogError(exception, "Exports of tenant {Tenant} could not be made.", tenant.Slug);
                    }
                    finally
                    {
                        queue.End(tenant);
                    }
                });
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal ends; what was under way is back on the list.
        }
    }
}
