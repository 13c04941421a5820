namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of ReportsText.resx.</summary>
public sealed class ReportsText;
