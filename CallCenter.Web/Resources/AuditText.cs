namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of AuditText.resx.</summary>
public sealed class AuditText;
