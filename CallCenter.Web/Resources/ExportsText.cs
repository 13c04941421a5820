namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of ExportsText.resx.</summary>
public sealed class ExportsText;
