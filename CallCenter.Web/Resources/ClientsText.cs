namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of ClientsText.resx.</summary>
public sealed class ClientsText;
