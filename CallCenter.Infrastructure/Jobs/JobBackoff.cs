using System.Collections.Concurrent;

namespace CallCenter.Infrastructure.Jobs;

/// <summary>After failures a tenant's run of a job waits: one interval, two, four, up to half an hour. Success resets it.</summary>
internal sealed class JobBackoff(TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<(string Job, Guid Tenant), (int Failures, DateTimeOffset Until)> _waiting = new();

    public bool MustWait(string job, Guid tenant) => _waiting.TryGetValue((job, tenant), out var entry) && time.GetUtcNow() < entry.Until;

    public void Succeeded(string job, Guid tenant) => _waiting.TryRemove((job, tenant), out _);

    /// <summary>Gives the pause before the next attempt and how many failures came in a row.</summary>
    public (TimeSpan Pause, int Failures) Failed(string job, Guid tenant, TimeSpan interval)
    {
        var failures = _waiting.TryGetValue((job, tenant), out var entry) ? entry.Failures + 1 : 1;

        // A little less than the multiple, else a trigger that fires a moment early would skip a whole interval.
        var pause = TimeSpan.FromTicks((long)Math.Min(interval.Ticks * Math.Pow(2, Math.Min(failures - 1, 20)) * 0.9, Longest.Ticks));
        _waiting[(job, tenant)] = (failures, time.GetUtcNow() + pause);
        return (pause, failures);
    }
}
