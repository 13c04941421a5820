namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of UsersText.resx.</summary>
public sealed class UsersText;
