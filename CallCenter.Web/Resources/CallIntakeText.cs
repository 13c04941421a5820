namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of CallIntakeText.resx: import from files, push, and what was learned of the PBX's clock.</summary>
public sealed class CallIntakeText;
