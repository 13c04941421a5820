using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Quartz;

namespace CallCenter.Infrastructure.Jobs;

/// <summary>Puts every <see cref="JobPlan"/> on the scheduler when the host starts.</summary>
internal sealed class JobScheduling(ISchedulerFactory schedulers, IEnumerable<JobPlan> plans, IOptions<JobsOptions> options, TimeProvider time)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var plan in plans)
        {
            var job = JobBuilder.Create().OfType(plan.JobType).WithIdentity(plan.Name).Build();
            var trigger = TriggerBuilder.Create(time)
                .WithIdentity(plan.Name)
                .StartAt(time.GetUtcNow() + options.Value.StartDelay)
                .WithSimpleSchedule(schedule => schedule
                    .WithInterval(options.Value.IntervalOf(plan))
                    .RepeatForever()
                    .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithExistingCount))
                .Build();
            await scheduler.ScheduleJob(job, trigger, cancellationToken: cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
