namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of PhoneText.resx.</summary>
public sealed class PhoneText;
