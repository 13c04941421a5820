namespace CallCenter.Web.Resources;

/// <summary>Texts of saved views and columns of the history.</summary>
public sealed class CallViewsText;
