namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>How long reading may take before the page gets what there is, and in what portions exports read.</summary>
/// <param name="Patience">For a page of the list.</param>
/// <param name="SumPatience">For the sums over a whole selection.</param>
/// <param name="StreamRows">Rows of one portion of an export.</param>
internal sealed record CallReadingRules(TimeSpan Patience, TimeSpan SumPatience, int StreamRows)
{
    public static readonly CallReadingRules Default = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6), 25_000);
}
