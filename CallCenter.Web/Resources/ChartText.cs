namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of ChartText.resx.</summary>
public sealed class ChartText;
