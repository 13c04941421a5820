namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>How long reading may take before the page gets what there is.</summary>
/// <param name="Patience">For a page of the list.</param>
/// <param name="SumPatience">For the sums over a whole selection.</param>
internal sealed record CallReadingRules(TimeSpan Patience, TimeSpan SumPatience)
{
    public static readonly CallReadingRules Default = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6));
}
