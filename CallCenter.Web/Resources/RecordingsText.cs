namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of RecordingsText.resx.</summary>
public sealed class RecordingsText;
