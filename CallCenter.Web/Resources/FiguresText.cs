namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of FiguresText.resx.</summary>
public sealed class FiguresText;
