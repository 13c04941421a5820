namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of ExtensionsText.resx, shared by every page about extensions.</summary>
public sealed class ExtensionsText;
