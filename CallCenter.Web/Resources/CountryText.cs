namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of CountryText.resx.</summary>
public sealed class CountryText;
