namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of TenantsText.resx.</summary>
public sealed class TenantsText;
