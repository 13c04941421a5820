using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Jobs;

internal sealed class JobsOptionsValidator(IEnumerable<JobPlan> plans) : IValidateOptions<JobsOptions>
{
    public ValidateOptionsResult Validate(string? name, JobsOptions options)
    {
        var wrong = new List<string>();
        var known = plans.Select(plan => plan.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (job, interval) in options.Intervals)
        {
            if (!known.Contains(job))
            {
                wrong.Add($"Jobs:Intervals:{job} names no job. Known: {string.Join(", ", known.Order())}.");
            }

            if (interval < TimeSpan.FromSeconds(1) || interval > TimeSpan.FromDays(1))
            {
                wrong.Add($"Jobs:Intervals:{job} is {interval}, but must be 00:00:01 to 1.00:00:00.");
            }
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
