namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of ErasureText.resx.</summary>
public sealed class ErasureText;
