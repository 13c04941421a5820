namespace CallCenter.Core.Figures;

/// <summary>
/// The waits at which calls are counted apart, so that a queue's target can change and its past figures with it. Targets and short
/// limits must be one of these; a new one means counting all calls again.
/// </summary>
public static class WaitBounds
{
    /// <summary>Seconds that a service level may ask for: the call was taken after at most so many.</summary>
    public static IReadOnlyList<int> Targets { get; } = [10, 15, 20, 30, 45, 60, 90, 120, 180, 300];

    /// <summary>Seconds below which an abandoned call may count as short; 0 for none.</summary>
    public static IReadOnlyList<int> ShortLimits { get; } = [0, 3, 5, 10];

    /// <summary>Waits up to which lost calls are counted: just below each short limit, and each target.</summary>
    public static IReadOnlyList<int> Lost { get; } = [.. ShortLimits.Where(limit => limit > 0).Select(limit => limit - 1), .. Targets];
}
