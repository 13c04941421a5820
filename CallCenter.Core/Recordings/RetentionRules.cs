namespace CallCenter.Core.Recordings;

/// <summary>Which recordings are too old: the tenant's days, and those of queues with days of their own. Pure.</summary>
public static class RetentionRules
{
    /// <summary>The rules that delete something, the tenant's last.</summary>
    /// <param name="tenantDays">Days of everything else; null keeps it.</param>
    /// <param name="queueDays">Days by queue number.</param>
    /// <param name="nowUtc">Now, UTC.</param>
    public static IReadOnlyList<RetentionRule> Of(int? tenantDays, IReadOnlyDictionary<string, int> queueDays, DateTime nowUtc)
    {
        var rules = queueDays.GroupBy(queue => queue.Value, queue => queue.Key)
            .OrderBy(same => same.Key)
            .Select(same => new RetentionRule(same.Key, nowUtc.AddDays(-same.Key), [.. same.Order(StringComparer.Ordinal)], []))
            .ToList();
        if (tenantDays is { } days)
        {
            rules.Add(new RetentionRule(days, nowUtc.AddDays(-days), [], [.. queueDays.Keys.Order(StringComparer.Ordinal)]));
        }

        return rules;
    }
}

/// <summary>One rule of deletion by age.</summary>
/// <param name="Days">Days that recordings are kept.</param>
/// <param name="BeforeUtc">Recordings that began before this are too old, UTC.</param>
/// <param name="Queues">Queues it is for; empty for all calls but those of <paramref name="ExceptQueues"/>.</param>
/// <param name="ExceptQueues">Queues that have a rule of their own.</param>
public sealed record RetentionRule(int Days, DateTime BeforeUtc, IReadOnlyList<string> Queues, IReadOnlyList<string> ExceptQueues);
