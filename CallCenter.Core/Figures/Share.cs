namespace CallCenter.Core.Figures;

/// <summary>A part of a whole, kept as the two counts: shares of intervals are added, never averaged.</summary>
/// <param name="Part">Upper number of the fraction.</param>
/// <param name="Whole">Lower number.</param>
public readonly record struct Share(long Part, long Whole)
{
    /// <summary>Percent, not rounded; null of nothing.</summary>
    public double? Percent => Whole > 0 ? 100d * Part / Whole : null;

    /// <summary>The share of both together.</summary>
    public static Share operator +(Share left, Share right) => new(left.Part + right.Part, left.Whole + right.Whole);
}
