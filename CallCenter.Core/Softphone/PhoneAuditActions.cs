namespace CallCenter.Core.Softphone;

/// <summary>Acts of the page's phone in the audit log. Permanent, as they are stored.</summary>
public static class PhoneAuditActions
{
    /// <summary>A browser was given what it needs to register.</summary>
    public const string SessionGiven = "softphone.session_given";

    /// <summary>The PBX's WebSocket was tried from the settings.</summary>
    public const string Asked = "softphone.asked";
}
