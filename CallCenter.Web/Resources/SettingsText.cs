namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of SettingsText.resx: the call-center settings.</summary>
public sealed class SettingsText;
