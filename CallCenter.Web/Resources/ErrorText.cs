namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of ErrorText.resx.</summary>
public sealed class ErrorText;
