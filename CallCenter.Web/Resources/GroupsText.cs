namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of GroupsText.resx.</summary>
public sealed class GroupsText;
