namespace CallCenter.Web.Resources;

/// <summary>Texts of notes, tags, dispositions, teams and the worklist.</summary>
public sealed class WorkText;
