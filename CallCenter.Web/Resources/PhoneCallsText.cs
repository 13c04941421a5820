namespace CallCenter.Web.Resources;

/// <summary>Texts of calls as phones in pages tell them, and of their quality.</summary>
public sealed class PhoneCallsText;
