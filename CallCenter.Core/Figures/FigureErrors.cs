using CallCenter.Core.Primitives;

namespace CallCenter.Core.Figures;

/// <summary>Expected failures of the figures.</summary>
public static class FigureErrors
{
    /// <summary>Days of the longest range that sums answer.</summary>
    public const int MostDays = 1_200;

    /// <summary>Days of the longest range that is counted from the calls themselves.</summary>
    public const int MostCountedDays = 62;

    /// <summary>The end of the range lies before its start.</summary>
    public static readonly Error RangeBackwards = new("figures.range_backwards", "The end of the range lies before its start.", nameof(FigureQuery.To));

    /// <summary>Longer than <see cref="MostDays"/>, or than <see cref="MostCountedDays"/> where no sums are kept for what was asked.</summary>
    public static readonly Error RangeTooLong = new("figures.range_too_long", "The range is too long for this question.", nameof(FigureQuery.To));
}
