namespace CallCenter.Web.Shared.Charts;

/// <summary>How a series looks; a state only where it means that state.</summary>
public enum ChartTone
{
    /// <summary>What the chart is about.</summary>
    Brand,

    /// <summary>What it is compared with.</summary>
    Quiet,

    /// <summary>A second comparison; drawn dashed.</summary>
    Faint,

    /// <summary>Good.</summary>
    Good,

    /// <summary>Look here.</summary>
    Warn,

    /// <summary>Bad.</summary>
    Bad,
}

/// <summary>Values of one kind, one for each step; null where there is none.</summary>
/// <param name="Name">In the legend, the tooltip and the table.</param>
/// <param name="Tone">Its look.</param>
/// <param name="Values">As many as the chart has steps.</param>
public sealed record ChartSeries(string Name, ChartTone Tone, IReadOnlyList<double?> Values);

/// <summary>A step of a chart.</summary>
/// <param name="Label">Short, for the axis; empty leaves it out.</param>
/// <param name="Name">Whole, for tooltip and table.</param>
/// <param name="Href">Leads to what is behind it; null for nothing.</param>
public sealed record ChartStep(string Label, string Name, string? Href = null);
