namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of ExtensionBulkText.resx.</summary>
public sealed class ExtensionBulkText;
