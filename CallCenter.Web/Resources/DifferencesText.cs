namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of DifferencesText.resx: the portal against the PBX, and the history of registrations.</summary>
public sealed class DifferencesText;
