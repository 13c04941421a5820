namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of PhonePanelText.resx.</summary>
public sealed class PhonePanelText;
