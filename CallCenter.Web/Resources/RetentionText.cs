namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of RetentionText.resx.</summary>
public sealed class RetentionText;
