using System.ComponentModel.DataAnnotations;

namespace CallCenter.Infrastructure.Jobs;

/// <summary>A job and how often it runs. The name is permanent: settings and logs use it.</summary>
internal sealed record JobPlan(Type JobType, string Name, TimeSpan Interval);

/// <summary>Section <c>Jobs</c>.</summary>
internal sealed class JobsOptions
{
    public const string Section = "Jobs";

    /// <summary>False on a node that serves pages only.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Wait after the start before the first run.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StartDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Job name to interval, in place of the built-in one; at least a second.</summary>
    public IDictionary<string, TimeSpan> Intervals { get; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    public TimeSpan IntervalOf(JobPlan plan) => Intervals.TryGetValue(plan.Name, out var interval) ? interval : plan.Interval;
}
