namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of CallsText.resx.</summary>
public sealed class CallsText;
