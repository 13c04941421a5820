namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of CommonText.resx.</summary>
public sealed class CommonText;
