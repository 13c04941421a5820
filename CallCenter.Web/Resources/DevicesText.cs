namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of DevicesText.resx.</summary>
public sealed class DevicesText;
