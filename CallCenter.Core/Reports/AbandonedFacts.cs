namespace CallCenter.Core.Reports;

/// <summary>Abandoned calls by how long they waited.</summary>
/// <param name="From">Least seconds.</param>
/// <param name="To">Seconds that are too many; null without an end.</param>
/// <param name="Calls">How many.</param>
public sealed record WaitBand(int From, int? To, long Calls);

/// <summary>What the report of abandoned calls says beside its table.</summary>
/// <param name="Waits">By wait, the shortest first.</param>
/// <param name="Callers">Callers behind the calls, as the worklist puts them together.</param>
/// <param name="CalledBack">Of them, those whom we called and reached.</param>
/// <param name="CalledAgain">Those who got through on another try.</param>
/// <param name="Dismissed">Those whom somebody dismissed.</param>
/// <param name="Open">Those who still wait, or whose time is over.</param>
/// <param name="MedianSecondsToCallBack">Of those called back, from the first abandoned call to our call; null for none.</param>
public sealed record AbandonedFacts(IReadOnlyList<WaitBand> Waits, long Callers, long CalledBack, long CalledAgain, long Dismissed, long Open, double? MedianSecondsToCallBack)
{
    /// <summary>Beginnings of the bands, seconds.</summary>
    public static readonly IReadOnlyList<int> Bounds = [0, 5, 10, 20, 30, 60, 120, 300];
}
