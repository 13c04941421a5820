namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of AccountText.resx.</summary>
public sealed class AccountText;
