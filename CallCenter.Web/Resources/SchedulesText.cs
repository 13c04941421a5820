namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of SchedulesText.resx.</summary>
public sealed class SchedulesText;
