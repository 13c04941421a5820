namespace CallCenter.Core.Recordings;

/// <summary>A marked stretch of one recording, in seconds from its beginning.</summary>
/// <param name="From">From.</param>
/// <param name="Until">Until, after <paramref name="From"/>.</param>
public readonly record struct PauseStretch(double From, double Until)
{
    /// <summary>Where a mark lies in a recording; null when it lies outside of it.</summary>
    public static PauseStretch? Of(DateTime recordedFromUtc, double seconds, DateTime fromUtc, DateTime untilUtc)
    {
        var from = Math.Max(0, (fromUtc - recordedFromUtc).TotalSeconds);
        var until = Math.Min(seconds, (untilUtc - recordedFromUtc).TotalSeconds);
        return from < until ? new PauseStretch(from, until) : null;
    }

    /// <summary>In order, those that touch made one.</summary>
    public static IReadOnlyList<PauseStretch> Merge(IEnumerable<PauseStretch> stretches)
    {
        var merged = new List<PauseStretch>();
        foreach (var stretch in stretches.OrderBy(stretch => stretch.From))
        {
            if (merged.Count > 0 && stretch.From <= merged[^1].Until)
            {
                merged[^1] = merged[^1] with { Until = Math.Max(merged[^1].Until, stretch.Until) };
            }
            else
            {
                merged.Add(stretch);
            }
        }

        return merged;
    }
}
